/// <reference lib="webworker" />
/** Notifications of new mail: what the server pushed is shown, and a press on it leads to the message. */
import {
  type NoticeData,
  type NoticeTexts,
  type OpenOrder,
  readNotice,
  shownOf,
  TEXTS,
} from "../lib/notices";

declare const self: ServiceWorkerGlobalScope;

const ANSWER_MS = 3000;

export function listenForPush(): void {
  self.addEventListener("push", (event) => {
    event.waitUntil(show(event.data?.text()));
  });

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const { href } = event.notification.data as NoticeData;
    event.waitUntil(open(href));
  });
}

async function show(json: string | undefined): Promise<void> {
  const notice = readNotice(json);
  if (notice.unread !== undefined) await self.navigator.setAppBadge?.(notice.unread).catch(() => undefined);
  // Whoever sits at the page sees it there.
  if (notice.kind !== "test" && (await windows()).some(({ focused }) => focused)) return;
  const { title, options } = shownOf(notice, await texts());
  await self.registration.showNotification(title, options);
}

/** In a window that is there, or a new one. */
async function open(href: string): Promise<void> {
  const found = await windows();
  const best = found.find(({ visibilityState }) => visibilityState === "visible") ?? found[0];
  if (best === undefined) {
    await self.clients.openWindow(href);
    return;
  }
  await best.focus().catch(() => undefined);
  // A page that still loads does not hear it: then it is loaded anew, there.
  if (!(await isTaken(best, { kind: "open", href }))) await best.navigate(href).catch(() => undefined);
}

function isTaken(page: WindowClient, order: OpenOrder): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), ANSWER_MS);
    page.postMessage(order, [port2]);
  });
}

function windows(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}

async function texts(): Promise<NoticeTexts | undefined> {
  const kept = await (await caches.open(TEXTS.cache)).match(TEXTS.path);
  return kept === undefined ? undefined : ((await kept.json()) as NoticeTexts);
}
