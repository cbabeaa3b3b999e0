/// <reference lib="webworker" />
/**
 * The service worker: the app's own files from the device, the page itself from the server where it answers.
 *
 * It never touches mail or the API; of new mail it is told (push.ts). Each build has a cache of its own, so that a
 * page that is open when a new version arrives still finds every part it was built with.
 */
import { listenForPush } from "./push";

declare const self: ServiceWorkerGlobalScope;

type Build = { version: string; files: string[] };
// The build writes both into the finished file.
const build: Build = JSON.parse('{"version":"none","files":[]}');
const PREFIX = "postroom-app-";
const CACHE = PREFIX + build.version;
const PAGE = "/index.html";
const PAGE_WAIT_MS = 4_000;
/** So long the server's page is waited for before ours is shown, which is most likely the same. */
const PATIENCE_MS = 50;
/** Paths that the server answers with something else than the page. */
const NOT_OURS =
  /^\/(graphql|files|img|mail\/html|health|metrics|lists\/|mobileconfig|autodiscover|shared\/|\.well-known)/i;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...build.files])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX) && name !== CACHE)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});

listenForPush();

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!NOT_OURS.test(url.pathname)) event.respondWith(page(event));
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});

let isOutdated = false;

/** The server's page, or ours where that does not come at once. */
async function page(event: FetchEvent): Promise<Response> {
  const kept = await caches.match(PAGE, { ignoreVary: true });
  if (kept === undefined) return fetch(event.request);
  const answer = fetch(event.request, { signal: AbortSignal.timeout(PAGE_WAIT_MS) })
    .then((response) => (response.status < 500 ? response : undefined))
    .catch(() => undefined);
  const soon = await Promise.race([answer, isOutdated ? answer : after(PATIENCE_MS)]);
  if (soon !== undefined) return soon;
  event.waitUntil(answer.then((response) => response && replaceOutdated(event, kept.clone(), response)));
  return kept.clone();
}

/** A page of an older build than the server's may not understand it: the newer one takes its place. */
async function replaceOutdated(event: FetchEvent, shown: Response, fresh: Response): Promise<void> {
  const [old, now] = await Promise.all([shown.text(), fresh.text()]);
  if (!fresh.ok || old === now) return;
  isOutdated = true;
  const client = await self.clients.get(event.resultingClientId);
  if (client instanceof WindowClient) await client.navigate(client.url);
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
