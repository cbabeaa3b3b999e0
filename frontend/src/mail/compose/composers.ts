/** The composers that are open in this window: at most three, the newest at the end. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { type ComposeIntent, currentSession, goToWindow, onResumed, onSigningOut, type Viewer } from "@/app";
import { toast } from "@/ui";
import { isApart } from "./apart";
import { attachContent, draftContent, forwardContent, newContent, replyContent } from "./beginnings";
import { Composer, type ComposerStart } from "./composer";
import { DiscardDraftMutation, DraftQuery, MessageToAttachQuery, type ServerDraft } from "./documents";
import { problemOfFate } from "./fate";
import { watchFileDrag } from "./fileDrag";
import { newKey } from "./key";
import { loadEditor } from "./loadEditor";
import { forgetDraft, keptDraft, keptDrafts, type LocalDraft } from "./localDrafts";
import { originalOf } from "./original";
import { outbox, takeOut } from "./outbox";
import { problemOf } from "./problems";
import { isSigning, keptSignatures, signaturesFor, signed } from "./signatures";
import type { ComposerState, Content, Handed, Signature } from "./types";
import { ask, openedBy, tell } from "./windows";

const MOST = 3;
/** Another window of this browser answers within a few milliseconds. */
const ASK_MS = 300;
/** What is given away is saved first, which may take as long as a save. */
const GIVE_MS = 65_000;
const UNDO_MS = 12_000;
/** Widths of a window with its gap. */
const UNFOLDED_PX = 632;
const FOLDED_PX = 272;

let open: readonly Composer[] = [];
const listeners = new Set<() => void>();

export const composers = {
  get: () => open,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function set(next: readonly Composer[]) {
  open = next;
  for (const listener of listeners) listener();
}

/** One that is written here, or waits here to be sent. */
export function composerOf(key: string): Composer | undefined {
  return [...open, ...outbox.get()].find((composer) => composer.get().key === key);
}

export function hasUnsavedDrafts(): boolean {
  return open.some((composer) => composer.isChanged);
}

function viewer() {
  const session = currentSession();
  return session.status === "signedIn" ? session.viewer : undefined;
}

/** Fetches what the first message would wait for. */
export function prepareToWrite(): void {
  const who = viewer();
  if (who === undefined) return;
  if (!who.writesPlainText) loadEditor().catch(() => undefined);
  if (isSigning(who) && keptSignatures(who) === undefined) void signaturesFor(who);
}

/** Opens a composer; what it needs of the server is fetched first, unless it is given up meanwhile. */
export async function openCompose(intent: ComposeIntent, signal?: AbortSignal): Promise<void> {
  const who = viewer();
  if (who === undefined) return;
  if (open.length >= MOST && intent.kind !== "draft") {
    toast({ text: t`Three messages are open already. Close one of them first.` });
    return;
  }
  await begin(intent, who, signal).catch((error: unknown) => {
    if (signal?.aborted) return;
    toast({ text: t`The message could not be opened: ${problemOf(error).message}`, tone: "danger" });
  });
}

/** Rejects with why it could not be begun. */
export async function begin(intent: ComposeIntent, who: Viewer, signal?: AbortSignal): Promise<void> {
  const own = who.identities.filter(({ mode }) => mode === null).map(({ address }) => address);
  const signatures = signaturesFor(who);
  // On its way while the message and its signature are asked for; who shows it says when it does not come.
  if (!who.writesPlainText) loadEditor().catch(() => undefined);
  const known = keptSignatures(who);
  // Who has none set need not wait for them, nor who has them here.
  const begun = async (content: Content) =>
    signed(content, who, isSigning(who) ? (known ?? (await signatures)) : []);
  const start = (rest: Omit<ComposerStart, "key" | "viewerId">) => {
    if (signal?.aborted) return;
    const composer = add({ key: newKey(), viewerId: who.id, takesTyped: true, ...rest });
    composer.show({ signatures: known ?? [] });
    void signatures.then((found) => {
      renewSignature(composer, found);
      composer.show({ signatures: found });
    });
  };
  if (intent.kind === "new") {
    const content = newContent(intent, who.writesPlainText);
    const focus = content.to.length > 0 ? "body" : "to";
    start({ ...(await begun(content)), serverId: null, focus });
    return;
  }
  if (intent.kind === "draft") {
    const there = open.find((composer) => composer.get().serverId === intent.messageId);
    if (there !== undefined) return bringUp(there);
    const sent = outbox.get().find((composer) => composer.get().serverId === intent.messageId);
    if (sent !== undefined) {
      takeOut(sent);
      return putBack(sent);
    }
    const [elsewhere, { message }] = await Promise.all([
      ask("has", { serverId: intent.messageId }, ASK_MS),
      request(DraftQuery, { id: intent.messageId }),
    ]);
    if (elsewhere !== undefined && (goToWindow(elsewhere.windowName) || (await takeOver(elsewhere.key))))
      return;
    if (message?.draft == null) throw { code: "NOT_FOUND", message: t`This draft is no longer there` };
    const { draft } = message;
    start(startOf(draft));
    return;
  }
  if (intent.kind === "attach") {
    const found = await Promise.all(intent.messageIds.map((id) => request(MessageToAttachQuery, { id })));
    const there = found.flatMap(({ message }) => message ?? []);
    if (there.length === 0) throw { code: "NOT_FOUND", message: t`The message is no longer there` };
    start({ ...(await begun(attachContent(there, who.writesPlainText))), serverId: null, focus: "to" });
    return;
  }
  const message = await originalOf(intent.messageId, who.writesPlainText);
  if (message === null) throw { code: "NOT_FOUND", message: t`The message is no longer there` };
  if (intent.kind === "forward") {
    const content = forwardContent(message, own);
    start({ ...(await begun(content)), serverId: null, focus: "to" });
  } else {
    const content = replyContent(message, own, intent.kind === "replyAll");
    start({ ...(await begun(content)), serverId: null, focus: "body" });
  }
}

/** What a draft on the server begins with. */
function startOf(draft: ServerDraft) {
  const focus: ComposerState["focus"] = draft.to.length > 0 ? "body" : "to";
  return { content: draftContent(draft), serverId: draft.id, draftKey: draft.key, focus };
}

/** What others wrote takes the place of what is here; undone, the author chooses again. */
export function takeTheirs(composer: Composer, draft: ServerDraft): void {
  const theirs = new Composer({
    key: newKey(),
    viewerId: composer.viewerId,
    savedAt: draft.savedAt,
    remindDays: composer.remindDays,
    ...startOf(draft),
  });
  const { signatures, isMinimised } = composer.get();
  theirs.show({ signatures, isMinimised, focus: "body" });
  exchange(composer, theirs);
  const hadChanges = composer.isChanged;
  toast({
    text: hadChanges
      ? t`What was written somewhere else stands here now`
      : t`This draft was changed somewhere else: it is shown as it is now`,
    ...(hadChanges && {
      durationMs: UNDO_MS,
      action: { label: t`Undo`, onAction: () => open.includes(theirs) && exchange(theirs, composer) },
    }),
  });
  setTimeout(() => open.includes(composer) || void composer.forget(), UNDO_MS);
}

function exchange(gone: Composer, come: Composer) {
  gone.stop();
  come.resume();
  set(open.map((one) => (one === gone ? come : one)));
}

function lookForChanges(): void {
  for (const composer of open) {
    composer
      .lookForChanges()
      .then((fate) => {
        if (fate?.kind === "changed") takeTheirs(composer, fate.draft);
        else if (fate !== undefined) composer.apply({ type: "refused", problem: problemOfFate(fate) });
      })
      .catch(() => undefined);
  }
}

/** It was put in as it was known here; it may have been changed since. */
function renewSignature(composer: Composer, found: readonly Signature[]) {
  const { signatureId, signatures } = composer.get();
  const before = signatures.find(({ id }) => id === signatureId);
  const now = found.find(({ id }) => id === signatureId) ?? null;
  if (before !== undefined && before.html !== now?.html) composer.sign(now);
}

function add(start: ComposerStart): Composer {
  const composer = new Composer(start);
  makeRoom(composer);
  set([...open, composer]);
  return composer;
}

export function bringUp(composer: Composer): void {
  makeRoom(composer);
  composer.show({ isMinimised: false });
}

/** As many stay unfolded as fit beside one another; the oldest fold first. */
function makeRoom(newest: Composer) {
  const total = open.includes(newest) ? open.length : open.length + 1;
  const room = window.innerWidth - 96 - total * FOLDED_PX;
  const fitting = Math.max(1, Math.floor(room / (UNFOLDED_PX - FOLDED_PX)));
  const others = open.filter((composer) => composer !== newest && !composer.get().isMinimised);
  for (const composer of others.slice(0, Math.max(0, others.length - fitting + 1))) {
    composer.show({ isMinimised: true });
  }
}

export function remove(composer: Composer): void {
  composer.stop();
  set(open.filter((one) => one !== composer));
}

/** Puts a composer back as it was: after undo. */
export function putBack(composer: Composer): void {
  composer.resume();
  makeRoom(composer);
  composer.show({ isMinimised: false, focus: "body" });
  if (!open.includes(composer)) set([...open, composer]);
}

/** A message that was written in another window, or before the page was left; not shown yet. */
export function handedOver(handed: Handed): Composer {
  const composer = new Composer({ ...handed, focus: "body", isChanged: !handed.isSaved });
  const who = viewer();
  if (who !== undefined) void signaturesFor(who).then((found) => composer.show({ signatures: found }));
  return composer;
}

function goOn(handed: Handed): void {
  const composer = handedOver(handed);
  putBack(composer);
  composer.uploads.restart();
}

/** Has another window's message written here; false where no window gives it. */
export async function takeOver(key: string): Promise<boolean> {
  if ((await ask("has", { key }, ASK_MS)) === undefined) return false;
  const given = await ask("give", { key }, GIVE_MS);
  if (given === undefined) return false;
  openedBy(given.by);
  goOn(given.handed);
  tell("took", { key, isApart: isApart() });
  return true;
}

async function throwKeptAway({ key, serverId }: LocalDraft): Promise<void> {
  if (serverId !== null) await request(DiscardDraftMutation, { id: serverId }).catch(() => undefined);
  await forgetDraft(key);
}

let restored: string | undefined;

/** Opens what was being written when the page was last left without closing it. */
export async function restoreDrafts(): Promise<void> {
  const who = viewer();
  if (who === undefined || restored === who.id) return;
  restored = who.id;
  const drafts = await keptDrafts(who.id);
  const elsewhere = await Promise.all(drafts.map(({ key }) => ask("has", { key }, ASK_MS)));
  for (const [at, draft] of drafts.entries()) {
    const isOpen = elsewhere[at] !== undefined || composerOf(draft.key) !== undefined;
    if (draft.isDiscarded) await throwKeptAway(draft);
    else if (isOpen || draft.order !== undefined) {
      // It waits to be sent, or another tab or window writes it.
    } else if (draft.isApart && draft.isSaved) {
      await forgetDraft(draft.key); // Its window was closed, and the server has all of it.
    } else if (open.length < MOST) goOn(draft);
  }
}

/** In a window of its own that is loaded anew: what this device has of the message; false where it has nothing. */
export async function restoreDraft(key: string): Promise<boolean> {
  const draft = await keptDraft(key);
  if (draft === undefined || draft.viewerId !== viewer()?.id) return false;
  goOn(draft);
  return true;
}

/**
 * Puts everything onto this device whenever the page may be gone next; back in it, what others did meanwhile is
 * seen before one writes on. What is dropped beside a message does not open in the place of the page.
 */
export function followWindow(): () => void {
  const onVisible = () => (document.visibilityState === "hidden" ? keepAll() : lookForChanges());
  document.addEventListener("visibilitychange", onVisible);
  window.addEventListener("pagehide", keepAll);
  window.addEventListener("focus", lookForChanges);
  const stop = watchFileDrag();
  return () => {
    stop();
    document.removeEventListener("visibilitychange", onVisible);
    window.removeEventListener("pagehide", keepAll);
    window.removeEventListener("focus", lookForChanges);
  };
}

function keepAll(): void {
  for (const composer of open) if (composer.isChanged) void composer.keep();
}

/** All to the server, and what it has goes from this device; what it does not take stays for its author. */
async function bringHome(): Promise<void> {
  const who = viewer();
  if (who === undefined) return;
  await Promise.allSettled(open.filter((composer) => composer.isChanged).map((composer) => composer.save()));
  const busy = open.filter(({ uploads }) => uploads.isBusy).map((composer) => composer.get().key);
  for (const draft of await keptDrafts(who.id)) {
    if (draft.isDiscarded) await throwKeptAway(draft);
    else if (draft.isSaved && draft.order === undefined && !busy.includes(draft.key))
      await forgetDraft(draft.key);
  }
}

onSigningOut(bringHome);
onResumed(() => {
  for (const composer of open) if (composer.isChanged) void composer.save().catch(() => undefined);
});
