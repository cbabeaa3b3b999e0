/** The service worker: the app starts without a connection, and a new version is offered, never forced. */
import { t } from "@lingui/core/macro";
import { toast } from "@/ui";
import { startPush } from "./push/push";

type Rules = { createScriptURL: (url: string) => string };
type Factory = { createPolicy: (name: string, rules: Rules) => Rules };

const WORKER = "/sw.js";
const LOOK_MS = 3_600_000;

/** Starts it; in development there is none. */
export async function startUpdates(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // A part of an older version that the server no longer has: only a fresh page has all of them. Whoever asked for
  // the part hears of it too, and shows that it did not come.
  addEventListener("vite:preloadError", () => {
    if (navigator.onLine) offer(() => location.reload());
  });
  // Refused where the browser keeps nothing, or does not trust the certificate: the app goes on without.
  const registration = await navigator.serviceWorker.register(trusted(WORKER)).catch(() => undefined);
  if (registration === undefined) return;
  startPush();
  registration.addEventListener("updatefound", () => followInstalling(registration));
  // One that was found while the page was busy has been told of already.
  followInstalling(registration);
  offerWaiting(registration);
  performance.mark("updates-followed");
  const look = () => void registration.update().catch(() => undefined);
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

function followInstalling(registration: ServiceWorkerRegistration): void {
  const fresh = registration.installing;
  fresh?.addEventListener("statechange", () => {
    if (fresh.state === "installed") offerWaiting(registration);
  });
}

function offerWaiting(registration: ServiceWorkerRegistration): void {
  if (registration.waiting === null || navigator.serviceWorker.controller === null) return;
  offer(() => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    // Of several versions that came while the offer stood, the newest.
    registration.waiting?.postMessage("take over");
  });
}

let isOffered = false;

function offer(take: () => void): void {
  if (isOffered) return;
  isOffered = true;
  toast({
    text: t`A new version is ready`,
    action: { label: t`Reload`, onAction: take },
    durationMs: Number.POSITIVE_INFINITY,
  });
}

/** Scripts come from one address only (Trusted Types). */
function trusted(address: string): string {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (factory === undefined) return address;
  const policy = factory.createPolicy("app", {
    createScriptURL: (url) => {
      if (url !== WORKER) throw new TypeError("No script from there");
      return url;
    },
  });
  return policy.createScriptURL(address);
}
