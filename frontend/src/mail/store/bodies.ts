/** Opened and prefetched messages: the 300 used last. A message is asked for once, however many wait for it. */
import type { MailServer, MessageDetail } from "./types";

const LIMIT = 300;

type Server = Pick<MailServer, "message" | "conversation">;

export class Bodies {
  readonly #server: Server;
  readonly #kept = new Map<string, MessageDetail>();
  /** How much news there had been when the conversation of a kept message was asked for. */
  readonly #asOf = new Map<string, number>();
  #news = 0;
  readonly #loading = new Map<string, Promise<MessageDetail | null>>();

  readonly #onKept: (detail: MessageDetail) => void;

  constructor(server: Server, onKept: (detail: MessageDetail) => void) {
    this.#server = server;
    this.#onKept = onKept;
  }

  get(id: string): MessageDetail | undefined {
    const detail = this.#kept.get(id);
    if (detail !== undefined) {
      this.#kept.delete(id);
      this.#kept.set(id, detail);
    }
    return detail;
  }

  /** Looks without counting it as a use, so that a render changes nothing. */
  peek(id: string): MessageDetail | undefined {
    return this.#kept.get(id);
  }

  /** Gets a message, from here or from the server. `showImages` other than null always asks the server. */
  fetch(id: string, showImages: boolean | null = null): Promise<MessageDetail | null> {
    const kept = showImages === null ? this.get(id) : undefined;
    if (kept !== undefined) return Promise.resolve(kept);
    const key = `${id} ${showImages}`;
    const running = this.#loading.get(key);
    if (running !== undefined) return running;
    const news = this.#news;
    const loading = this.#server
      .message(id, showImages)
      .then((detail) => {
        if (detail !== null) this.#keep(detail, news);
        return detail;
      })
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  /** Something changed on the server: conversations may be others now. */
  noteNews(): void {
    this.#news += 1;
  }

  /** How much news there was since the conversation of a kept message was asked for. */
  age(id: string): number {
    return this.#news - (this.#asOf.get(id) ?? this.#news);
  }

  /**
   * Asks for the conversation of a kept message as it is now. What comes back puts it in place, for a caller
   * who has to look at the page first; a message that is gone is forgotten then.
   */
  async renew(id: string): Promise<() => void> {
    const news = this.#news;
    const rows = await this.#server.conversation(id);
    return () => {
      const detail = this.#kept.get(id);
      if (detail === undefined) return;
      const row = rows?.find((one) => one.id === id);
      if (rows === null || row === undefined) return this.#forget(id);
      const thread = rows.filter((one) => one !== row);
      // Mostly it is as it was, and then nothing is drawn anew.
      const isSame = JSON.stringify([row, thread]) === JSON.stringify([detail.row, detail.thread]);
      this.#keep(isSame ? detail : { ...detail, row, thread }, news);
    };
  }

  /** Forgets every message a condition holds for, such as all of one sender; their ids, the one used last at the end. */
  forgetWhere(condition: (detail: MessageDetail) => boolean): string[] {
    const gone = [...this.#kept].filter(([, detail]) => condition(detail)).map(([id]) => id);
    for (const id of gone) this.#forget(id);
    return gone;
  }

  /** The first kept message a condition holds for. */
  find(condition: (detail: MessageDetail) => boolean): MessageDetail | undefined {
    return [...this.#kept.values()].find(condition);
  }

  #forget(id: string): void {
    this.#kept.delete(id);
    this.#asOf.delete(id);
  }

  #keep(detail: MessageDetail, news: number): void {
    this.#kept.delete(detail.id);
    this.#kept.set(detail.id, detail);
    this.#asOf.set(detail.id, news);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= LIMIT) break;
      this.#forget(oldest);
    }
    this.#onKept(detail);
  }
}
