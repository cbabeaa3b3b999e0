/** The door to the composer: loaded when the first message is written, mounted over every route from then on. */
import { t } from "@lingui/core/macro";
import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { toast } from "@/ui";
import { composeHref } from "./routes";
import type { ComposeIntent, ComposeModule } from "./seams";

const QueryScope = lazy(() => import("./QueryScope").then((module) => ({ default: module.QueryScope })));

let host: ComponentType | undefined;
let loaded: Promise<ComposeModule> | undefined;
const listeners = new Set<() => void>();

function load(): Promise<ComposeModule> {
  loaded ??= import("@/mail/compose").catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** Fetches the composer's code before it is asked for. */
export function prepareCompose(): void {
  load().catch(() => undefined);
}

/** Opens a composer; from anywhere. With Shift it gets a window of its own. */
export async function compose(intent: ComposeIntent, { shiftKey = false } = {}): Promise<void> {
  // A window is only allowed at once, so it is opened before anything is waited for.
  const isApart = shiftKey && openWindow(composeHref(intent));
  try {
    const module = await load();
    mount(module);
    if (!isApart) module.openCompose(intent);
  } catch {
    toast({ text: t`The composer could not be loaded. Are you offline?`, tone: "danger" });
  }
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

function mount(module: ComposeModule) {
  if (host !== undefined) return;
  host = module.ComposeHost;
  for (const listener of listeners) listener();
}

/** Whether something was being written on this device when the page was last left. */
function hasKeptDrafts(): boolean {
  try {
    return localStorage.getItem("postroom.writing") !== null;
  } catch {
    return false; // Without storage nothing was kept.
  }
}

export function ComposeDock() {
  useEffect(() => {
    if (hasKeptDrafts())
      load()
        .then(mount)
        .catch(() => undefined);
  }, []);
  const Host = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => host,
  );
  if (Host === undefined) return null;
  return (
    <Suspense fallback={null}>
      <QueryScope>
        <Host />
      </QueryScope>
    </Suspense>
  );
}
