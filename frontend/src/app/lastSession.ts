/** Who was signed in last on this device, for when the server is out of reach; and how all of it is forgotten. */
import type { Instance, Viewer } from "./session";

export type LastSession = { instance: Instance; viewer: Viewer };

const NAME = "postroom.session";
/** Databases of what is kept of somebody's mail: this and the id. */
export const SAVED_MAIL = "postroom-mail-";
/** Who is told of new mail in this browser (push/browser.ts). */
export const NOTIFY = "postroom.notify";

export function lastSession(): LastSession | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? "null");
    return typeof kept === "object" && kept !== null && "viewer" in kept ? (kept as LastSession) : null;
  } catch {
    return null;
  }
}

export function rememberSession(session: LastSession | null): void {
  try {
    if (session === null) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, JSON.stringify(session));
  } catch {
    // A browser that keeps nothing works with a connection only.
  }
}

/** Forgets the mail that is kept here and what this window was asked to find, and tells of no more of it. */
export async function forgetDevice(): Promise<void> {
  try {
    localStorage.removeItem(NOTIFY);
    const worker = await navigator.serviceWorker?.getRegistration();
    for (const shown of (await worker?.getNotifications()) ?? []) shown.close();
    await (await worker?.pushManager?.getSubscription())?.unsubscribe();
  } catch {
    // The server has forgotten the device with the session.
  }
  try {
    sessionStorage.clear();
    const known = await indexedDB.databases();
    for (const { name } of known) if (name?.startsWith(SAVED_MAIL)) indexedDB.deleteDatabase(name);
  } catch {
    // Nothing is kept where there is neither storage nor databases.
  }
}
