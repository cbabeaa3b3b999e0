/** News of the account while mail is on screen. */
import { plural } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { subscribe } from "@/api";
import { announce, refreshViewer, whenIdle } from "@/app";
import { loadOverlays } from "@/ui";
import { mailStore } from "./mailStore";
import { AccountChangedSubscription } from "./store/documents";

const loadBulk = () => import("./bulk/bulkActs");
const loadNews = () => import("./news/news");

/** Listens after the first list has been shown. False while the connection is broken. */
export function useLive(isReady: boolean): boolean {
  const [isLive, setLive] = useState(true);
  const [hasBegun, setBegun] = useState(isReady);
  // Another list that is still on its way, a search say, does not end it.
  if (isReady && !hasBegun) setBegun(true);

  useEffect(() => {
    if (!hasBegun) return;
    const stop = subscribe(
      AccountChangedSubscription,
      {},
      {
        onLive: (live) => setLive(live),
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
          });
        },
        onEvent: ({ accountChanged }) => {
          const before = mailStore.bySpecialUse("INBOX")?.unread ?? 0;
          if (accountChanged.isMailboxListChanged) void mailStore.loadMailboxes();
          void mailStore
            .takeNews(accountChanged.modseq, accountChanged.mailboxIds, accountChanged.mailboxes)
            .then(() => announceNew(before));
          const { bulkActs } = accountChanged;
          if (bulkActs.length > 0) void loadBulk().then((bulk) => bulk.takeBulkActs(bulkActs));
          refreshQuota();
        },
      },
    );
    whenIdle(() => void loadOverlays());
    return stop;
  }, [hasBegun]);

  return isLive;
}

const QUOTA_MS = 30_000;
let quotaAskedAt = Date.now();

/** How full the mailbox is changes with its messages; it need not be exact to the second. */
function refreshQuota() {
  if (Date.now() - quotaAskedAt < QUOTA_MS) return;
  quotaAskedAt = Date.now();
  refreshViewer().catch(() => undefined);
}

function announceNew(before: number) {
  const count = (mailStore.bySpecialUse("INBOX")?.unread ?? 0) - before;
  if (count > 0) announce(plural(count, { one: "# new message", other: "# new messages" }));
  void loadNews().then((news) => (count > 0 ? news.tellNews() : news.closeRead()));
}
