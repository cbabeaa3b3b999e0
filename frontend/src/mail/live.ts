/** News of the account, and whether they come. */
import { plural } from "@lingui/core/macro";
import { useEffect, useSyncExternalStore } from "react";
import { subscribe } from "@/api";
import { announce, prepareCompose, refreshViewer, whenIdle } from "@/app";
import { loadOverlays } from "@/ui";
import { mailStore } from "./mailStore";
import { AccountChangedSubscription } from "./store/documents";

const loadBulk = () => import("./bulk/bulkActs");
const loadSaved = () => import("./search/saved");
const loadNews = () => import("./news/news");

type Live = { hasBegun: boolean; isConnected: boolean };
const resting: Live = { hasBegun: false, isConnected: true };
let live = resting;
const listeners = new Set<() => void>();

function set(next: Partial<Live>): void {
  live = { ...live, ...next };
  for (const listener of listeners) listener();
}

function follow(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Mail is on screen: listening begins once its first list was shown, or cannot be. False while the connection is
 * broken.
 */
export function useLive(isReady: boolean): boolean {
  // Another list that is still on its way, a search say, does not end it.
  useEffect(() => {
    if (isReady) set({ hasBegun: true });
  }, [isReady]);
  return useSyncExternalStore(follow, () => live.isConnected);
}

/** Listens whatever page is on screen, so that notices come there too; where it is not mail, when that page rests. */
export function MailNews({ isElsewhere }: { isElsewhere: boolean }): null {
  const hasBegun = useSyncExternalStore(follow, () => live.hasBegun);
  useEffect(() => {
    if (isElsewhere) whenIdle(() => set({ hasBegun: true }));
  }, [isElsewhere]);
  useEffect(() => (hasBegun ? listen() : undefined), [hasBegun]);
  useEffect(() => () => set(resting), []);
  return null;
}

function listen(): () => void {
  let isOver = false;
  const stop = subscribe(
    AccountChangedSubscription,
    {},
    {
      onLive: (isConnected) => isOver || set({ isConnected }),
      // Also after the first connection: something may have come since the list was read.
      onGap: () => {
        void mailStore.catchUp();
        // Where it does not come, the connection is gone again, and there will be another gap.
        whenIdle(() => {
          loadBulk().then(
            (bulk) => bulk.loadBulkActs(),
            () => undefined,
          );
          loadNews().then(
            (news) => news.tellNews(),
            () => undefined,
          );
          refreshSaved();
        });
      },
      onEvent: ({ accountChanged }) => {
        const before = inboxCounts();
        const { modseq, mailboxIds, mailboxes, isMailboxListChanged, bulkActs } = accountChanged;
        void mailStore
          .takeNews(modseq, mailboxIds, mailboxes, isMailboxListChanged)
          .then(() => announceNew(before));
        if (isMailboxListChanged) refreshSaved();
        if (bulkActs.length > 0) void loadBulk().then((bulk) => bulk.takeBulkActs(bulkActs));
        refreshQuota();
      },
    },
  );
  whenIdle(() => void loadOverlays());
  whenIdle(prepareCompose);
  return () => {
    isOver = true;
    stop();
  };
}

/** Saved searches follow a folder that is renamed. */
function refreshSaved() {
  loadSaved()
    .then((saved) => saved.refreshSaved())
    .catch(() => undefined); // The next change asks again.
}

const QUOTA_MS = 30_000;
let quotaAskedAt = Date.now();

/** How full the mailbox is changes with its messages; it need not be exact to the second. */
function refreshQuota() {
  if (Date.now() - quotaAskedAt < QUOTA_MS) return;
  quotaAskedAt = Date.now();
  refreshViewer().catch(() => undefined);
}

function inboxCounts() {
  const { total, unread } = mailStore.bySpecialUse("INBOX") ?? { total: 0, unread: 0 };
  return { total, unread };
}

async function announceNew(before: { total: number; unread: number }) {
  const now = inboxCounts();
  const count = now.unread - before.unread;
  if (count > 0) announce(plural(count, { one: "# new message", other: "# new messages" }));
  const news = await loadNews().catch(() => undefined);
  // Where one was read and one came, as many are unread: only the total tells.
  if (count > 0 || now.total !== before.total) void news?.tellNews();
  if (count <= 0) void news?.closeRead();
}
