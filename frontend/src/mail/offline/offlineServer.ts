/**
 * The server, and what this device knows where it cannot be reached: reads come from what is kept, acts wait
 * and go out in their order once it answers again.
 */
import { isApiError } from "@/api";
import type { Change, ChangeResult, MailServer } from "../store/types";
import type { SavedMail } from "./savedMail";

/** `kept` has the key by which it stands on this device, once it stands there. */
type Waiting = { change: Change; kept: Promise<number | undefined> | undefined };
/** How long to wait for the server between two tries; the browser says sooner that it is online. */
const RETRY_MS = 10_000;

export type OfflineServer = MailServer & {
  /** Sends what an earlier page left, then whatever is done; `onRefused` hears of acts that were not taken. */
  begin: (opening: Promise<SavedMail | null>, onRefused: (message: string) => void) => void;
  /** What is kept here; null where the browser keeps nothing. */
  saved: () => Promise<SavedMail | null>;
  /** Resolves when what was left by an earlier page and `here` are on the server, or cannot come there now. */
  brought: (here: Promise<unknown>) => Promise<void>;
  /** Whether the server could not be reached the last time. */
  isOffline: () => boolean;
  /** The browser says that it has no connection: nobody need ask to find out. */
  noteOffline: () => void;
  subscribe: (listener: () => void) => () => void;
};

export function withOffline(server: MailServer): OfflineServer {
  let opening: Promise<SavedMail | null> = Promise.resolve(null);
  let isOffline = false;
  let replayed: Promise<void> = Promise.resolve();
  let isReplayed = true;
  const waiting: Waiting[] = [];
  const listeners = new Set<() => void>();

  function told(offline: boolean): void {
    if (isOffline === offline) return;
    isOffline = offline;
    for (const listener of listeners) listener();
    if (offline) void lookOut();
  }

  /** Asks now and then, for who does nothing meanwhile; acts that wait ask by themselves. */
  async function lookOut(): Promise<void> {
    while (isOffline) {
      await backOnline();
      if (!isOffline || waiting.length > 0) continue;
      try {
        const mailboxes = await server.mailboxes();
        keep((saved) => saved.keepMailboxes(mailboxes));
        told(false);
      } catch (error) {
        if (!isUnreachable(error)) told(false);
      }
    }
  }

  /** What is kept here is a help and no promise: a full or broken disk must not hold up mail. */
  function keep(verb: (saved: SavedMail) => Promise<unknown>): void {
    void opening.then((saved) => (saved === null ? undefined : verb(saved))).catch(() => undefined);
  }

  function keepAct(act: Waiting): Promise<number | undefined> {
    act.kept ??= opening.then((saved) => saved?.keepAct(act.change)).catch(() => undefined);
    return act.kept;
  }

  /** The server's answer, or where it cannot be reached ours. */
  async function either<T>(
    ask: () => Promise<T>,
    own: (saved: SavedMail) => Promise<T | undefined>,
  ): Promise<T> {
    try {
      const answer = await ask();
      told(false);
      return answer;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      told(true);
      const saved = await opening;
      const known = saved === null ? undefined : await own(saved);
      if (known === undefined) throw error;
      return known;
    }
  }

  /** Asks until the server is reached. */
  async function insist(change: Change): Promise<ChangeResult> {
    for (;;) {
      try {
        const answer = await server.update(change);
        told(false);
        return answer;
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        told(true);
        for (const act of [...waiting]) await keepAct(act);
        await backOnline();
      }
    }
  }

  async function replay(onRefused: (message: string) => void): Promise<void> {
    const left = await opening;
    if (left === null) return;
    for (const { key, change } of await left.acts()) {
      try {
        const { failed } = await insist(change);
        const reason = failed[0]?.message;
        if (reason !== undefined) onRefused(reason);
      } catch (error) {
        onRefused(error instanceof Error ? error.message : String(error));
      }
      await left.dropAct(key);
    }
  }

  return {
    begin(saved, onRefused) {
      opening = saved;
      isReplayed = false;
      replayed = replay(onRefused)
        .catch(() => undefined)
        .then(() => {
          isReplayed = true;
        });
    },
    saved: () => opening,
    brought: (here) =>
      new Promise((resolve) => {
        const giveUp = () => isOffline && resolve();
        listeners.add(giveUp);
        void Promise.allSettled([replayed, here]).then(() => {
          listeners.delete(giveUp);
          resolve();
        });
        giveUp();
      }),
    isOffline: () => isOffline,
    noteOffline: () => told(true),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    ...server,
    mailboxes: () =>
      either(
        async () => {
          const mailboxes = await server.mailboxes();
          keep((saved) => saved.keepMailboxes(mailboxes));
          return mailboxes;
        },
        (own) => own.mailboxes(),
      ),
    page: (source, sort, offset, limit) =>
      either(
        async () => {
          const page = await server.page(source, sort, offset, limit);
          // A row of a conversation says nothing of what lies between it and the next.
          if (source.byConversation) keep((saved) => saved.keepRows(page.rows));
          else if (source.search === undefined && sort === "DATE_DESC")
            keep((saved) => saved.keepPage(source.mailboxId, page));
          return page;
        },
        (own) => own.page(source, sort !== "DATE_ASC", offset, limit),
      ),
    changes: async (source, since, sort) => {
      const delta = await either(
        () => server.changes(source, since, sort),
        async () => undefined,
      );
      // What another message stands for now has not gone.
      const gone = source.byConversation ? [] : delta.removed;
      keep((saved) => saved.keepRows([...delta.updated, ...delta.added.map(({ row }) => row)], gone));
      return delta;
    },
    message: (id, showImages) =>
      either(
        async () => {
          const detail = await server.message(id, showImages);
          if (detail !== null) keep((saved) => saved.keepMessage(detail));
          return detail;
        },
        (own) => own.message(id),
      ),
    remember: (change) => {
      const act: Waiting = { change, kept: undefined };
      waiting.push(act);
      // The first is on its way at once; the page may be gone before the others are.
      if (isOffline || !isReplayed || waiting.length > 1) void keepAct(act);
    },
    update: async (change) => {
      await replayed;
      try {
        const result = await insist(change);
        keep((saved) => saved.apply(change));
        return result;
      } finally {
        const at = waiting.findIndex((act) => act.change === change);
        const [act] = at < 0 ? [] : waiting.splice(at, 1);
        void act?.kept?.then((key) => key !== undefined && keep((saved) => saved.dropAct(key)));
      }
    },
  };
}

function isUnreachable(error: unknown): boolean {
  return isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT");
}

function backOnline(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, RETRY_MS);
    addEventListener("online", done);
  });
}
