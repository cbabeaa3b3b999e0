/**
 * Dragging messages to folders and tags, and folders into folders.
 *
 * What is dragged stands here, since the browser shows a drag's data only when it is dropped. Each drop is a
 * command as well (`v`, `l`, the folder's menu), for those who do not drag.
 */
import { plural } from "@lingui/core/macro";
import type { DragEvent } from "react";
import { mailStore } from "./mailStore";
import { selection } from "./selection";

export type Dragged = { kind: "messages"; ids: readonly string[] } | { kind: "folder"; id: string };

let dragged: Dragged | undefined;

export function currentDrag(): Dragged | undefined {
  return dragged;
}

/** Begins to drag a row, or all that is selected where the row is among it. */
export function dragRow(event: DragEvent, id: string): void {
  const { ids } = selection.get();
  const chosen = ids.has(id) ? [...ids] : [id];
  begin(event, { kind: "messages", ids: chosen });
  const label = document.createElement("div");
  label.className = "drag-label";
  label.textContent =
    chosen.length === 1
      ? mailStore.row(id)?.subject || "…"
      : plural(chosen.length, { one: "# message", other: "# messages" });
  document.body.append(label);
  event.dataTransfer.setDragImage(label, -12, 8);
  setTimeout(() => label.remove());
}

export function dragFolder(event: DragEvent, id: string): void {
  begin(event, { kind: "folder", id });
}

function begin(event: DragEvent, what: Dragged) {
  dragged = what;
  event.dataTransfer.effectAllowed = "move";
  // Firefox begins no drag without data.
  event.dataTransfer.setData("application/x-postroom", what.kind);
}

export function endDrag(): void {
  dragged = undefined;
}
