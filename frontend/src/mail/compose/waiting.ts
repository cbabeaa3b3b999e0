/** What a window does with messages that wait to be sent: its own, and those a window that is gone left here. */
import { currentSession, onSigningOut } from "@/app";
import type { Composer } from "./composer";
import { composerOf, handedOver, putBack } from "./composers";
import { concludeWaiting } from "./endings";
import { keepsDrafts, keptDrafts } from "./localDrafts";
import { outbox, takeOut, trySending, waitToSend } from "./outbox";
import { ask } from "./windows";

const ASK_MS = 300;
/** One window at a time takes up what was left: nothing is sent twice. */
const LOCK = "postroom.outbox";

onSigningOut(trySending);

/** Takes up what waits on this device and no window has. */
export async function takeUpWaiting(): Promise<void> {
  if (navigator.locks === undefined) return takeUp();
  await navigator.locks.request(LOCK, takeUp);
}

async function takeUp(): Promise<void> {
  const session = currentSession();
  if (session.status !== "signedIn") return;
  for (const draft of await keptDrafts(session.viewer.id)) {
    const { key, order, isDiscarded } = draft;
    if (order === undefined || isDiscarded || composerOf(key) !== undefined) continue;
    if ((await ask("has", { key }, ASK_MS)) === undefined)
      waitToSend(handedOver(draft), order, concludeWaiting);
  }
}

/** Looks for them now, and whenever there may be something to do. */
export function followWaiting(): () => void {
  const look = () => void takeUpWaiting();
  // Where this device has no room for them they are nowhere else.
  const guard = (event: BeforeUnloadEvent) => {
    if (outbox.get().length > 0 && !keepsDrafts()) event.preventDefault();
  };
  look();
  addEventListener("beforeunload", guard);
  addEventListener("online", look);
  addEventListener("focus", look);
  return () => {
    removeEventListener("online", look);
    removeEventListener("focus", look);
    removeEventListener("beforeunload", guard);
  };
}

/** It is written on, and not sent before its author says so again. */
export function openWaiting(composer: Composer): void {
  takeOut(composer);
  putBack(composer);
}
