/** The door to the composer: loaded when the first message is written, mounted over every route from then on. */
import { t } from "@lingui/core/macro";
import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from "react";
import { TypingAhead, toast } from "@/ui";
import { composeHref } from "./routes";
import type { ComposeIntent, ComposeModule } from "./seams";

type Code = { module: ComposeModule; Scope: ComponentType<{ children: ReactNode }> };
/** The code, once something is written; and the messages that are on their way to it. */
type Dock = { code: Code | undefined; coming: readonly AbortController[] };

let dock: Dock = { code: undefined, coming: [] };
let loaded: Promise<Code> | undefined;
const listeners = new Set<() => void>();

function set(change: Partial<Dock>) {
  dock = { ...dock, ...change };
  for (const listener of listeners) listener();
}

/** All of it, before anything is drawn: React would hold what suspends back for 300 ms. */
function load(): Promise<Code> {
  loaded ??= Promise.all([import("@/mail/compose"), import("./QueryScope")])
    .then(([module, { QueryScope: Scope }]) => ({ module, Scope }))
    .catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
  return loaded;
}

/** Fetches the composer before it is asked for. */
export function prepareCompose(): void {
  load()
    .then(({ module }) => module.prepareToWrite())
    .catch(() => undefined);
}

/**
 * Opens a composer; from anywhere. With Shift it gets a window of its own.
 *
 * Until it is on screen what is typed is held for it, and Escape gives it up.
 */
export async function compose(intent: ComposeIntent, { shiftKey = false } = {}): Promise<void> {
  // A window is only allowed at once, so it is opened before anything is waited for.
  const isApart = shiftKey && openWindow(composeHref(intent));
  const coming = new AbortController();
  if (!isApart) set({ coming: [...dock.coming, coming] });
  try {
    const code = await load();
    set({ code });
    if (!isApart && !coming.signal.aborted) await code.module.openCompose(intent, coming.signal);
  } catch {
    toast({ text: t`The composer could not be loaded. Are you offline?`, tone: "danger" });
  } finally {
    giveUp(coming);
  }
}

function giveUp(coming: AbortController | undefined) {
  coming?.abort();
  if (dock.coming.some((one) => one === coming)) set({ coming: dock.coming.filter((one) => one !== coming) });
}

const opened = new Map<string, Window>();

/** Opens a window for one message; says so and gives back false where the browser does not allow it. */
export function openWindow(href: string): boolean {
  const name = `postroom-${opened.size}-${Date.now()}`;
  const handle = window.open(href, name, "popup,width=760,height=720");
  if (handle === null) {
    toast({ text: t`Your browser has blocked the new window, so the message stays in this one.` });
    return false;
  }
  opened.set(name, handle);
  return true;
}

/** Brings a window of that name to the front; false where this page has opened none, or it is closed. */
export function goToWindow(name: string): boolean {
  const handle = opened.get(name);
  if (handle === undefined || handle.closed) return false;
  handle.focus();
  return true;
}

/** Whether something was being written on this device when the page was last left. */
/** What was being written, or was just sent, when the page was left. */
function hasKept(): boolean {
  try {
    return (
      localStorage.getItem("postroom.writing") !== null || sessionStorage.getItem("postroom.sent") !== null
    );
  } catch {
    return false; // Without storage nothing was kept.
  }
}

export function ComposeDock() {
  useEffect(() => {
    if (hasKept())
      load()
        .then((code) => set({ code }))
        .catch(() => undefined);
  }, []);
  const { code, coming } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => dock,
  );
  return (
    <>
      {coming.length > 0 && <TypingAhead isText onEscape={() => giveUp(coming.at(-1))} />}
      {code !== undefined && (
        <code.Scope>
          <code.module.ComposeHost />
        </code.Scope>
      )}
    </>
  );
}
