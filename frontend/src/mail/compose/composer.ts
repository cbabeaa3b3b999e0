/**
 * One message being written: its content, its saving, its files.
 *
 * Changes go to this device 0.4 s after a pause and to the server 2 s after it. The editor is only asked for
 * its HTML then, never changed. Saves follow one another, since each makes the draft a new message.
 */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { isApart } from "./apart";
import { caughtUp, matchSaved, type SavedFile } from "./attachments";
import { DiscardDraftMutation, DraftStandsQuery, SaveDraftMutation } from "./documents";
import type { EditorHandle } from "./editor";
import { type Fate, fateOf, problemOfFate } from "./fate";
import { newKey } from "./key";
import { forgetDraft, keepDraft, type LocalDraft } from "./localDrafts";
import { signText } from "./plain";
import { isPassing, problemOf } from "./problems";
import { emptyLine } from "./quote";
import { nextSendState, type SendEvent } from "./sendState";
import type { Attachment, ComposerState, Content, Handed, Problem, Signature } from "./types";
import { Uploads } from "./uploads";

const LOCAL_MS = 400;
const SERVER_MS = 2_000;
const RETRY_MS = 10_000;

export type ComposerStart = Pick<ComposerState, "key" | "content" | "serverId" | "focus"> & {
  viewerId: string;
  /** The draft's, where it has one already. */
  draftKey?: string;
  /** The signature that was put in; a draft's own is found in it. */
  signatureId?: string | null;
  /** Not on the server as it is. */
  isChanged?: boolean;
  savedAt?: string | null;
  remindDays?: number | null;
  /** What is typed while it is on its way is meant for it. */
  takesTyped?: boolean;
};

export class Composer {
  readonly viewerId: string;
  readonly takesTyped: boolean;
  readonly uploads = new Uploads(this);
  /** After so many days without an answer the author is reminded. */
  remindDays: number | null;
  #state: ComposerState;
  #editor: EditorHandle | undefined;
  /** A signature chosen before the editor was there. */
  #toSign: Signature | null | undefined;
  #listeners = new Set<() => void>();
  #localTimer: ReturnType<typeof setTimeout> | undefined;
  #serverTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #isClosed = false;
  /** Whether the last save arrived is not known. */
  #isInDoubt = false;

  constructor(start: ComposerStart) {
    const { key, content, serverId, focus, viewerId, signatureId, isChanged = false } = start;
    this.viewerId = viewerId;
    this.takesTyped = start.takesTyped ?? false;
    this.remindDays = start.remindDays ?? null;
    this.#state = {
      key,
      draftKey: start.draftKey || key,
      content,
      serverId,
      version: isChanged ? 1 : 0,
      savedVersion: 0,
      savedAt: start.savedAt ?? null,
      send: { kind: "draft" },
      isMinimised: false,
      isLent: false,
      isCcShown: content.cc.length > 0,
      isBccShown: content.bcc.length > 0,
      signatures: [],
      signatureId: signatureId ?? /<div data-signature="(\d+)"/.exec(content.html)?.[1] ?? null,
      focus,
    };
    if (isChanged) this.#schedule();
  }

  readonly get = (): ComposerState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(change: Partial<ComposerState>) {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Changes of how it is shown. */
  show(
    change: Partial<Pick<ComposerState, "isMinimised" | "isCcShown" | "isBccShown" | "focus" | "signatures">>,
  ): void {
    this.#set(change);
  }

  apply(event: SendEvent): void {
    this.#set({ send: nextSendState(this.#state.send, event) });
  }

  /** A change by the author. */
  edit(change: Partial<Content>): void {
    this.#set({ content: { ...this.#state.content, ...change } });
    this.touched();
  }

  /** Something was written in the editor. */
  touched(): void {
    this.#set({
      version: this.#state.version + 1,
      send: nextSendState(this.#state.send, { type: "edited" }),
    });
    this.#schedule();
  }

  /** Changes of files that are not the author's: progress, ids. */
  setAttachments(change: (files: Attachment[]) => Attachment[]): void {
    const { content } = this.#state;
    this.#set({ content: { ...content, attachments: change(content.attachments) } });
  }

  attach(editor: EditorHandle | undefined): void {
    if (editor === undefined) this.collect();
    this.#editor = editor;
    if (editor === undefined || this.#toSign === undefined) return;
    editor.sign(this.#toSign);
    this.#toSign = undefined;
  }

  get editor(): EditorHandle | undefined {
    return this.#editor;
  }

  /** What the author wrote, without the original. */
  get text(): string {
    const { text } = this.#state.content;
    if (text !== null) return text.replace(/^>.*$/gm, "");
    if (this.#editor !== undefined) return this.#editor.text();
    const quote = /<(?:blockquote|div) data-quoted=/.exec(this.#state.content.html);
    return this.#state.content.html.slice(0, quote?.index).replace(/<[^>]*>/g, " ");
  }

  /** The content with what stands in the editor now. */
  collect(): Content {
    if (this.#state.content.text !== null) return this.#state.content;
    const html = this.#editor?.html();
    const { content } = this.#state;
    if (html === undefined || html === content.html) return content;
    this.#state = { ...this.#state, content: { ...content, html } };
    return this.#state.content;
  }

  /** Exchanges the signature, or takes it out. */
  sign(signature: Signature | null): void {
    const { content, signatures, signatureId } = this.#state;
    this.#set({ signatureId: signature?.id ?? null });
    if (content.text === null) {
      if (this.#editor === undefined) this.#toSign = signature;
      else this.#editor.sign(signature);
      return;
    }
    const old = signatures.find((one) => one.id === signatureId);
    void signText(content.text, old, signature).then((text) => this.edit({ text }));
  }

  get isChanged(): boolean {
    return this.#state.version !== this.#state.savedVersion;
  }

  #schedule() {
    clearTimeout(this.#localTimer);
    clearTimeout(this.#serverTimer);
    if (this.#isClosed) return;
    this.#localTimer = setTimeout(() => void this.keep(), LOCAL_MS);
    if (this.fate !== undefined) return;
    this.#serverTimer = setTimeout(() => void this.save().catch(() => undefined), SERVER_MS);
  }

  /** Puts it on this device now. */
  async keep(how: Pick<Partial<LocalDraft>, "isDiscarded" | "order"> = {}): Promise<void> {
    clearTimeout(this.#localTimer);
    const changedAt = Date.now();
    await keepDraft({ ...this.#handed(), isDiscarded: false, isApart: isApart(), changedAt, ...how });
  }

  #handed(): Handed {
    const content = this.collect();
    const { key, draftKey, serverId, savedAt, signatureId } = this.#state;
    return {
      key,
      draftKey,
      viewerId: this.viewerId,
      content: { ...content, attachments: content.attachments.map((file) => ({ ...file, progress: null })) },
      serverId,
      isSaved: !this.isChanged,
      savedAt,
      remindDays: this.remindDays,
      signatureId,
    };
  }

  /** Stops, so that another window can go on: what is on its way to the server arrives first. */
  async lend(): Promise<Handed> {
    while (this.#saving !== undefined) await this.#saving.catch(() => undefined);
    this.stop();
    this.#set({ isLent: true });
    this.uploads.stop();
    await this.keep();
    return this.#handed();
  }

  /** Puts it on the server, until the server has the newest. Rejects with why it could not. */
  async save(): Promise<void> {
    clearTimeout(this.#serverTimer);
    while (this.#saving !== undefined) await this.#saving.catch(() => undefined);
    if (!this.isChanged && this.#state.serverId !== null) return;
    this.#saving = this.#save().finally(() => {
      this.#saving = undefined;
    });
    await this.#saving;
  }

  async #save(): Promise<void> {
    this.apply({ type: "saveStarted" });
    try {
      if (this.#isInDoubt) await this.#catchUp();
      await this.#put().catch(async (error: unknown) => {
        // It may have been saved, and the page been gone before the answer came.
        if (problemOf(error).code !== "CONFLICT") throw error;
        const fate = await this.#catchUp();
        if (fate !== undefined) throw problemOfFate(fate);
        await this.#put();
      });
    } catch (error) {
      const problem = problemOf(error);
      this.apply({ type: "refused", problem });
      this.#isInDoubt ||= isPassing(problem);
      if (isPassing(problem) && !this.#isClosed) {
        clearTimeout(this.#serverTimer);
        this.#serverTimer = setTimeout(() => void this.save().catch(() => undefined), RETRY_MS);
      }
      throw error;
    }
  }

  /** Finds the draft where an earlier save arrived without an answer; else what others made of it. */
  async #catchUp(): Promise<Fate | undefined> {
    const { key, draftKey } = this.#state;
    const found = await fateOf(draftKey, key);
    this.#isInDoubt = false;
    if (found.kind !== "ours") return found;
    this.#goOnWith(found.draft);
    return undefined;
  }

  /** Saves from now on replace that draft, and its files are ours where they surely are the same. */
  #goOnWith({ id, attachments }: { id: string; attachments: readonly SavedFile[] }) {
    const { serverId } = this.#state;
    if (id === serverId) return;
    this.setAttachments((files) => caughtUp(files, serverId, attachments, t`Attach it again`));
    this.#set({ serverId: id });
  }

  /** What others made of the draft, until its author has chosen. */
  get fate(): Fate | undefined {
    const { send } = this.#state;
    return send.kind === "failed" ? send.problem.fate : undefined;
  }

  /** Why sending was refused; where the draft is not what was saved here, what became of it. */
  async reasonOf(error: unknown): Promise<Problem> {
    const problem = problemOf(error);
    if (!["CONFLICT", "NOT_FOUND"].includes(problem.code)) return problem;
    const fate = await this.#catchUp();
    return fate === undefined ? problem : problemOfFate(fate);
  }

  /** Looks what others did meanwhile, where nothing is unsaved here. */
  async lookForChanges(): Promise<Fate | undefined> {
    const { serverId, version, send } = this.#state;
    if (serverId === null || this.isChanged || send.kind !== "draft") return undefined;
    const { message } = await request(DraftStandsQuery, { id: serverId });
    if (message !== null && message.row.timer === null) return undefined;
    const fate = await this.#catchUp();
    const isSame = version === this.#state.version && this.#state.serverId === serverId;
    return isSame ? fate : undefined;
  }

  /** What is here takes the place of what others wrote. */
  keepMine(): void {
    const { fate } = this;
    if (fate?.kind !== "changed") return;
    this.#goOnWith(fate.draft);
    this.apply({ type: "settled" });
    this.touched();
    void this.save().catch(() => undefined);
  }

  async #put(): Promise<void> {
    const { key, draftKey, version, serverId } = this.#state;
    const content = this.collect();
    const sent = content.attachments.filter((file) => file.id !== null && file.error === null);
    const { saveDraft } = await request(
      SaveDraftMutation,
      {
        input: {
          id: serverId,
          key: draftKey,
          writer: key,
          from: content.from,
          to: content.to,
          cc: content.cc,
          bcc: content.bcc,
          subject: content.subject,
          // Without HTML it is a message of text alone.
          html: content.text === null ? content.html || emptyLine : null,
          text: content.text,
          attachments: sent.map((file) => ({ id: file.id ?? "", contentId: file.contentId })),
          inReplyTo: content.inReplyTo,
          forwardOf: content.forwardOf,
        },
      },
      { timeoutMs: 60_000 },
    );
    this.#adopt(sent, saveDraft.attachments);
    this.#set({ serverId: saveDraft.id, savedVersion: version, savedAt: saveDraft.savedAt });
    this.apply({ type: "saved" });
    if (!this.#isClosed) await this.keep();
  }

  #adopt(sent: readonly Attachment[], saved: readonly SavedFile[]) {
    const ids = matchSaved(sent, saved);
    this.setAttachments((files) =>
      files.map((file) => {
        const id = ids.get(file.key);
        return id === undefined ? file : { ...file, id };
      }),
    );
  }

  /** What is here becomes another draft. Files that stood only in the one that is gone must be attached again. */
  becomeNew(): void {
    const { fate } = this;
    const { serverId } = this.#state;
    const there = fate?.kind === "changed" ? fate.draft.attachments : [];
    this.setAttachments((files) => caughtUp(files, serverId, there, t`Attach it again`));
    this.disown();
    this.apply({ type: "settled" });
    this.touched();
  }

  /** The draft on the server is others' now: nothing that happens here changes it. */
  disown(): void {
    this.#set({ serverId: null, draftKey: newKey() });
  }

  /** Taken back from the server after it was sent. */
  returned(serverId: string, files: readonly SavedFile[]): void {
    this.#isClosed = false;
    this.#adopt(this.#state.content.attachments, files);
    this.#set({ serverId, savedVersion: this.#state.version });
    this.apply({ type: "cancelled" });
    void this.keep();
  }

  /** Nothing more is saved by itself. */
  stop(): void {
    this.#isClosed = true;
    clearTimeout(this.#localTimer);
    clearTimeout(this.#serverTimer);
  }

  resume(): void {
    this.#isClosed = false;
    if (this.#state.isLent) {
      this.#set({ isLent: false });
      this.uploads.restart();
    }
    if (this.isChanged) this.#schedule();
  }

  async forget(): Promise<void> {
    await forgetDraft(this.#state.key);
  }

  /** Removes it from the server too. */
  async discard(): Promise<void> {
    while (this.#saving !== undefined) await this.#saving.catch(() => undefined);
    const { serverId } = this.#state;
    if (serverId !== null) await request(DiscardDraftMutation, { id: serverId });
    await this.forget();
  }
}
