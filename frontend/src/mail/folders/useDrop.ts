/** Folders and tags as places to drop messages on, and folders as places for folders. */
import type { DragEvent } from "react";
import { currentDrag, dragFolder, endDrag } from "../drag";
import { mailStore } from "../mailStore";
import { mayHold } from "./mayHold";

/** Messages that are dropped, or all of the list. */
type Ids = readonly string[] | "all";

export type Drops = {
  onFolder: (ids: Ids, mailboxId: string) => void;
  onTag: (ids: Ids, keyword: string) => void;
};

export function useDrop({ onFolder, onTag }: Drops) {
  const placeOf = (event: DragEvent) =>
    event.target instanceof Element
      ? event.target.closest<HTMLElement>("[data-drop-folder], [data-drop-tag]")
      : null;

  /** What letting go there would do; undefined where nothing can be dropped. */
  function dropAt(place: HTMLElement | null): (() => void) | undefined {
    const drag = currentDrag();
    const { dropFolder, dropTag } = place?.dataset ?? {};
    if (drag === undefined) return undefined;
    const ids = drag.kind === "messages" && (drag.isAll ? "all" : drag.ids);
    if (ids && dropTag !== undefined) return () => onTag(ids, dropTag);
    const target = mailStore.mailbox(dropFolder ?? "");
    if (target === undefined) return undefined;
    if (drag.kind === "messages" && ids) {
      const isThere = drag.ids.every((id) => mailStore.row(id)?.mailboxId === target.id);
      const isRefused = isThere || target.specialUse === "DRAFTS" || !target.rights.includes("INSERT");
      return isRefused ? undefined : () => onFolder(ids, target.id);
    }
    const folder = drag.kind === "folder" ? mailStore.mailbox(drag.id) : undefined;
    if (folder === undefined || !mayHold(target, folder)) return undefined;
    return () => void import("./folderActs").then(({ moveFolder }) => moveFolder(folder, target));
  }
  function mark(root: Element, place: HTMLElement | null) {
    for (const one of root.querySelectorAll("[data-over]"))
      if (one !== place) one.removeAttribute("data-over");
    place?.setAttribute("data-over", "");
  }

  return {
    onDragStart: (event: DragEvent) => {
      const id = placeOf(event)?.dataset.dropFolder;
      if (id !== undefined) dragFolder(event, id);
    },
    onDragOver: (event: DragEvent) => {
      const place = placeOf(event);
      const isTaken = dropAt(place) !== undefined;
      mark(event.currentTarget, isTaken ? place : null);
      if (!isTaken) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
        mark(event.currentTarget, null);
    },
    onDrop: (event: DragEvent) => {
      const drop = dropAt(placeOf(event));
      mark(event.currentTarget, null);
      endDrag();
      if (drop === undefined) return;
      event.preventDefault();
      drop();
    },
  };
}
