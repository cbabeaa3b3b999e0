/**
 * What this browser can do and was told to do about new mail.
 *
 * Three things must agree: the browser's permission, its subscription with the push service of its maker, and
 * the server's list of devices. Where there is no push service, or none may be used, an open page tells.
 */
import { TEXTS } from "@/lib/notices";
import { NOTIFY } from "../lastSession";

/** "push": also while no page is open; "page": only while one is. */
export type Way = "push" | "page";
/** `sessionId` is the sign-in with which the server was told. */
export type Chosen = { userId: string; way: Way; sessionId: string | null };

const READY_MS = 5_000;

export function canNotify(): boolean {
  return "Notification" in globalThis && "serviceWorker" in navigator;
}

/** On iPhone and iPad there are notifications only for what was added to the Home Screen. */
export function needsHomeScreen(): boolean {
  return /\biPhone\b|\biPad\b/.test(navigator.userAgent) && !canNotify();
}

/** What was chosen for that person and may still be done; undefined where nothing is told. */
export function chosenFor(userId: string): Chosen | undefined {
  const chosen = read();
  const isPermitted = canNotify() && Notification.permission === "granted";
  return isPermitted && chosen?.userId === userId ? chosen : undefined;
}

/** Whether somebody else turned notifications on here. */
export function isChosenByOther(userId: string): boolean {
  const chosen = read();
  return chosen !== undefined && chosen.userId !== userId;
}

export function choose(chosen: Chosen | undefined): void {
  try {
    if (chosen === undefined) localStorage.removeItem(NOTIFY);
    else localStorage.setItem(NOTIFY, JSON.stringify(chosen));
  } catch {
    // Where nothing can be kept, it is asked for anew.
  }
}

function read(): Chosen | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NOTIFY) ?? "null");
    return typeof kept === "object" && kept !== null && "way" in kept ? (kept as Chosen) : undefined;
  } catch {
    return undefined;
  }
}

export async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  const wait = new Promise<undefined>((done) => setTimeout(done, READY_MS, undefined));
  return Promise.race([navigator.serviceWorker?.ready ?? wait, wait]);
}

/** The subscription with this key, made where there is none; undefined where the browser has no push service. */
export async function subscribed(serverKey: string): Promise<PushSubscription | undefined> {
  const manager = (await registration())?.pushManager;
  if (manager === undefined) return undefined;
  const known = await manager.getSubscription();
  if (known !== null) {
    if (keyOf(known) === serverKey) return known;
    await known.unsubscribe();
  }
  try {
    return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey });
  } catch {
    return undefined;
  }
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Ends it with the push service: the server is told so when it next sends something. */
export async function unsubscribe(): Promise<void> {
  const known = await (await navigator.serviceWorker?.getRegistration())?.pushManager?.getSubscription();
  await known?.unsubscribe();
}

/** Leaves the texts of notifications for the worker, which has no language of its own. */
export async function keepTexts(texts: object): Promise<void> {
  const cache = await caches.open(TEXTS.cache);
  await cache.put(TEXTS.path, new Response(JSON.stringify(texts)));
}
