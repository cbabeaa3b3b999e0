/** The door to the composer: loaded when the first message is written, mounted over every route from then on. */
import { t } from "@lingui/core/macro";
import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { toast } from "@/ui";
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

/** Opens a composer; from anywhere. */
export async function compose(intent: ComposeIntent): Promise<void> {
  try {
    const module = await load();
    mount(module);
    module.openCompose(intent);
  } catch {
    toast({ text: t`The composer could not be loaded. Are you offline?`, tone: "danger" });
  }
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
