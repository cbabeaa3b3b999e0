/**
 * Dragging messages to folders and tags and out of the browser, and folders into folders.
 *
 * What is dragged stands here, since the browser shows a drag's data only when it is dropped. Each drop is a
 * command as well (`v`, `l`, the folder's menu), for those who do not drag.
 */
import { plural, t } from "@lingui/core/macro";
import type { DragEvent } from "react";
import { mailStore } from "./mailStore";
import { selection } from "./selection";

/** `isAll`: everything of the list goes along, also what is not loaded; `ids` is the row under the pointer. */
export type Dragged =
  | { kind: "messages"; ids: readonly string[]; isAll: boolean }
  | { kind: "folder"; id: string };

let dragged: Dragged | undefined;

export function currentDrag(): Dragged | undefined {
  return dragged;
}

/** Begins to drag a row, or all that is selected where the row is among it. */
export function dragRow(event: DragEvent, id: string): void {
  const { ids, isAll } = selection.get();
  const chosen = ids.has(id) ? [...ids] : [id];
  begin(event, { kind: "messages", ids: chosen, isAll });
  const subject = mailStore.row(id)?.subject ?? "";
  // Browsers take one file out at a time.
  if (chosen.length === 1 && !isAll)
    offerFile(event, { type: "message/rfc822", name: `${subject || id}.eml`, url: `/files/${id}/raw` });
  const label = document.createElement("div");
  label.className = "drag-label";
  label.textContent = isAll
    ? t`All of the list`
    : chosen.length === 1
      ? subject || "…"
      : plural(chosen.length, { one: "# message", other: "# messages" });
  document.body.append(label);
  event.dataTransfer.setDragImage(label, -12, 8);
  setTimeout(() => label.remove());
}

export function dragFolder(event: DragEvent, id: string): void {
  begin(event, { kind: "folder", id });
}

/** What is let go outside of the browser becomes this file there (Chromium; others have the download). */
export function offerFile(event: DragEvent, file: { type: string; name: string; url: string }): void {
  const name =
    file.name
      .replace(/[\p{Cc}/\\:*?"<>|]+/gu, " ")
      .trim()
      .slice(-120) || "file";
  const { href } = new URL(file.url, location.href);
  event.dataTransfer.effectAllowed = "copyMove";
  event.dataTransfer.setData("DownloadURL", `${file.type}:${name}:${href}`);
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
