/**
 * One message being written: its content, its saving, its files.
 *
 * Changes go to this device 0.4 s after a pause and to the server 2 s after it. The editor is only asked for
 * its HTML then, never changed. Saves follow one another, since each makes the draft a new message.
 */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { isApart } from "./apart";
import { caughtUp, matchSaved, type SavedFile, withoutUnseen } from "./attachments";
import { DiscardDraftMutation, DraftOfKeyQuery, SaveDraftMutation } from "./documents";
import type { EditorHandle } from "./editor";
import { forgetDraft, keepDraft } from "./localDrafts";
import { signText, textOf } from "./plain";
import { isPassing, problemOf } from "./problems";
import { emptyLine, textToHtml } from "./quote";
import { nextSendState, type SendEvent } from "./sendState";
import type { Attachment, ComposerState, Content, Handed, Signature } from "./types";
import { Uploads } from "./uploads";

const LOCAL_MS = 400;
const SERVER_MS = 2_000;
const RETRY_MS = 10_000;

export type ComposerStart = Pick<ComposerState, "key" | "content" | "serverId" | "focus"> & {
  viewerId: string;
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

  /** Puts a line at the cursor; in plain text before everything. */
  insertLine({ html, text }: { html: string; text: string }): void {
    const { content } = this.#state;
    if (content.text !== null) this.edit({ text: `${text}${content.text}` });
    else if (this.#editor !== undefined) this.#editor.insertLine(html);
    else this.edit({ html: html + content.html });
  }

  /** Puts a template at the cursor, and its subject where there is none. */
  async insertTemplate({ subject, html }: { subject: string; html: string }): Promise<void> {
    const { content } = this.#state;
    if (content.subject.trim() === "" && subject !== "") this.edit({ subject });
    if (content.text === null) {
      this.#editor?.insertHtml(html);
      return;
    }
    const text = await textOf(html);
    this.edit({ text: `${text}\n${this.#state.content.text ?? ""}` });
  }

  /** Before it is sent, when no picture is brought back into the text any more. */
  leaveOutUnseen(): void {
    const { text, html, attachments } = this.collect();
    const seen = text === null ? withoutUnseen(attachments, html) : attachments;
    if (seen.length < attachments.length) this.edit({ attachments: seen });
  }

  /** Goes on as plain text, or with formats again. */
  async setPlain(isPlain: boolean): Promise<void> {
    const content = this.collect();
    const text = isPlain ? await textOf(content.html) : null;
    const html = isPlain ? content.html : textToHtml(content.text ?? "");
    // A picture of the text becomes a file beside it.
    const attachments = isPlain
      ? content.attachments.map((file) => ({ ...file, contentId: null }))
      : content.attachments;
    this.edit({ text, html, attachments });
  }

  get isChanged(): boolean {
    return this.#state.version !== this.#state.savedVersion;
  }

  #schedule() {
    clearTimeout(this.#localTimer);
    clearTimeout(this.#serverTimer);
    if (this.#isClosed) return;
    this.#localTimer = setTimeout(() => void this.keep(), LOCAL_MS);
    this.#serverTimer = setTimeout(() => void this.save().catch(() => undefined), SERVER_MS);
  }

  /** Puts it on this device now. */
  async keep({ isDiscarded = false } = {}): Promise<void> {
    clearTimeout(this.#localTimer);
    await keepDraft({ ...this.#handed(), isDiscarded, isApart: isApart(), changedAt: Date.now() });
  }

  #handed(): Handed {
    const content = this.collect();
    const { key, serverId, savedAt, signatureId } = this.#state;
    return {
      key,
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
        if (problemOf(error).code !== "CONFLICT" || !(await this.#catchUp())) throw error;
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

  /** Finds the draft where an earlier save arrived without an answer; whether it was another one. */
  async #catchUp(): Promise<boolean> {
    const { key, serverId } = this.#state;
    const { draftOfKey } = await request(DraftOfKeyQuery, { key });
    this.#isInDoubt = false;
    if (draftOfKey === null || draftOfKey.id === serverId) return false;
    const { attachments } = draftOfKey;
    this.setAttachments((files) => caughtUp(files, serverId, attachments, t`Attach it again`));
    this.#set({ serverId: draftOfKey.id });
    return true;
  }

  async #put(): Promise<void> {
    const { key, version, serverId } = this.#state;
    const content = this.collect();
    const sent = content.attachments.filter((file) => file.id !== null && file.error === null);
    const { saveDraft } = await request(
      SaveDraftMutation,
      {
        input: {
          id: serverId,
          key,
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

  /** The draft is gone from the server: what is here becomes a new one. Its files must be attached again. */
  becomeNew(lost: string): void {
    const old = this.#state.serverId;
    this.setAttachments((files) =>
      files.map((file) =>
        old !== null && file.id?.startsWith(`${old}:`) ? { ...file, id: null, error: lost } : file,
      ),
    );
    this.#set({ serverId: null });
    this.touched();
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
