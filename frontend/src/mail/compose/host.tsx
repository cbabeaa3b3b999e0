/** The surfaces on which messages are written. */
import type { ComposeIntent } from "@/app/seams";

export function openCompose(intent: ComposeIntent): void {
  throw new Error(`No composer for ${intent.kind}`);
}

export function hasUnsavedDrafts(): boolean {
  return false;
}

export function ComposeHost() {
  return null;
}
