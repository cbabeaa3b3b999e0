/** Files on their way to the server for one composer. */
import { t } from "@lingui/core/macro";
import { isApiError, type UploadOptions, upload } from "@/api";
import { formatBytes } from "@/lib/bytes";
import { toast } from "@/ui";
import { roomFor, sortBySize } from "./attachments";
import type { Composer } from "./composer";
import { insertLine } from "./contentActs";
import { newKey } from "./key";
import { type LinkChoice, lineOf, makeLink } from "./links";
import type { Attachment } from "./types";

export class Uploads {
  readonly #composer: Composer;
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  /** Pictures of the text before the server has them. */
  readonly #previews = new Map<string, string>();

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  /** Adds files; pictures go into the text where `isInline`. Gives back what was added. */
  add(files: readonly File[], maxMessageBytes: number, { isInline = false } = {}): Attachment[] {
    const present = this.#composer.get().content.attachments;
    const { fitting, tooLarge } = sortBySize(files, present, maxMessageBytes);
    for (const file of tooLarge) {
      const room = formatBytes(Math.max(0, roomFor(maxMessageBytes, [...present])));
      toast({
        text: t`${file.name} is too large: there is room for ${room} in this message`,
        tone: "danger",
      });
    }
    const added = fitting.map((file) => attachmentOf(file, isInline && isPicture(file)));
    if (added.length === 0) return [];
    this.#composer.edit({ attachments: [...present, ...added] });
    for (const file of added) this.start(file);
    return added;
  }

  /** Makes a picture of pasted text one of the files; gives its content id unless there is no room. */
  take(picture: File | { messageId: string; part: string }, maxMessageBytes: number): string | undefined {
    if (picture instanceof File)
      return this.add([picture], maxMessageBytes, { isInline: true })[0]?.contentId ?? undefined;
    const key = newKey();
    const contentId = `${key}@postroom`;
    const id = `${picture.messageId}:${picture.part}`;
    const rest = { name: "image", contentType: "image/*", sizeBytes: 0, progress: null, error: null };
    const { attachments } = this.#composer.get().content;
    this.#composer.edit({ attachments: [...attachments, { key, id, contentId, ...rest }] });
    return contentId;
  }

  /** Uploads files that go as links; each becomes a line of the text when it is there. */
  addLinks(files: readonly File[], link: LinkChoice): void {
    const added = files.map((file) => ({ ...attachmentOf(file, false), link }));
    this.#composer.edit({ attachments: [...this.#composer.get().content.attachments, ...added] });
    for (const file of added) this.start(file);
  }

  start(attachment: Attachment): void {
    const { key, file, link } = attachment;
    if (file === undefined) return;
    if (attachment.contentId !== null) this.#previews.set(attachment.contentId, URL.createObjectURL(file));
    const abort = new AbortController();
    this.#patch(key, { progress: 0, error: null, isUnreached: false });
    const options = {
      signal: abort.signal,
      onProgress: (share: number) => this.#patch(key, { progress: Math.min(share, 0.99) }),
    };
    const done = (
      link === undefined ? this.#attach(key, file, options) : this.#link(key, file, link, options)
    )
      .catch((error: unknown) => {
        if (error instanceof DOMException && error.name === "AbortError") return;
        const reason = isApiError(error) ? error.message : String(error);
        const isUnreached = isApiError(error, "OFFLINE");
        this.#patch(key, { progress: null, error: reason, isUnreached });
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, { abort, done });
  }

  async #attach(key: string, file: File, options: UploadOptions): Promise<void> {
    const stored = await upload(file, options);
    this.#patch(key, { id: stored.id, progress: null, file: undefined });
    this.#composer.touched();
  }

  async #link(key: string, file: File, choice: LinkChoice, options: UploadOptions): Promise<void> {
    const made = await makeLink(file, choice, options);
    const { attachments } = this.#composer.get().content;
    this.#composer.edit({ attachments: attachments.filter((one) => one.key !== key) });
    insertLine(this.#composer, lineOf(made));
  }

  #patch(key: string, change: Partial<Attachment>) {
    this.#composer.setAttachments((files) =>
      files.map((file) => (file.key === key ? { ...file, ...change } : file)),
    );
  }

  remove(key: string): void {
    this.#running.get(key)?.abort.abort();
    const { attachments } = this.#composer.get().content;
    this.#composer.edit({ attachments: attachments.filter((file) => file.key !== key) });
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Takes up what a crash, or the way to another window, interrupted. */
  restart(): void {
    for (const file of this.#composer.get().content.attachments) {
      if (file.id === null && file.file !== undefined && !this.#running.has(file.key)) this.start(file);
    }
  }

  /** Where a picture of the text can be seen. */
  readonly urlOf = (contentId: string): string | undefined => {
    const preview = this.#previews.get(contentId);
    if (preview !== undefined) return preview;
    const id = this.#composer.get().content.attachments.find((file) => file.contentId === contentId)?.id;
    const [messageId, part] = (id ?? "").split(":");
    return part === undefined ? undefined : `/files/${messageId}/${part}?inline=1`;
  };

  stop(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    for (const url of this.#previews.values()) URL.revokeObjectURL(url);
    this.#previews.clear();
  }
}

export function isPicture(file: { type: string }): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type);
}

function attachmentOf(file: File, isInline: boolean): Attachment {
  const key = newKey();
  return {
    key,
    id: null,
    name: file.name || (isInline ? `image.${file.type.slice(6)}` : "file"),
    contentType: file.type || "application/octet-stream",
    sizeBytes: file.size,
    contentId: isInline ? `${key}@postroom` : null,
    progress: 0,
    error: null,
    file,
  };
}
