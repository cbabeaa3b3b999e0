/** Opened and prefetched messages: the 300 used last. A message is asked for once, however many wait for it. */
import type { MessageDetail } from "./types";

const LIMIT = 300;

type Load = (id: string, showImages: boolean | null) => Promise<MessageDetail | null>;

export class Bodies {
  readonly #load: Load;
  readonly #kept = new Map<string, MessageDetail>();
  readonly #loading = new Map<string, Promise<MessageDetail | null>>();

  readonly #onKept: (detail: MessageDetail) => void;

  constructor(load: Load, onKept: (detail: MessageDetail) => void) {
    this.#load = load;
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
    const loading = this.#load(id, showImages)
      .then((detail) => {
        if (detail !== null) this.#keep(detail);
        return detail;
      })
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  forget(id: string): void {
    this.#kept.delete(id);
  }

  /** Forgets every message a condition holds for, such as all of one sender; their ids, the one used last at the end. */
  forgetWhere(condition: (detail: MessageDetail) => boolean): string[] {
    const gone = [...this.#kept].filter(([, detail]) => condition(detail)).map(([id]) => id);
    for (const id of gone) this.#kept.delete(id);
    return gone;
  }

  /** The first kept message a condition holds for. */
  find(condition: (detail: MessageDetail) => boolean): MessageDetail | undefined {
    return [...this.#kept.values()].find(condition);
  }

  #keep(detail: MessageDetail): void {
    this.#kept.delete(detail.id);
    this.#kept.set(detail.id, detail);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= LIMIT) break;
      this.#kept.delete(oldest);
    }
    this.#onKept(detail);
  }
}
