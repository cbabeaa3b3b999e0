/** Selecting from one row to another: rows between them that were never on screen are fetched first. */
import { t } from "@lingui/core/macro";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { selection } from "../selection";
import type { Sort, Source } from "../store/types";
import type { ViewSnapshot } from "../store/views";

/** Selects from where the range began to a row. */
export function extendTo(source: Source, sort: Sort, index: number): void {
  const view = mailStore.view(source, sort);
  const from = selection.rangeFrom(index, view);
  if (isKnown(view, from, index)) selection.extend(index, view);
  else void import("./farRange").then(({ extendFar }) => extendFar(source, sort, index), tellFailure);
}

export function isKnown({ idAt }: ViewSnapshot, from: number, to: number): boolean {
  for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1)
    if (idAt(at) === undefined) return false;
  return true;
}

export function tellFailure(): void {
  selection.setExtending(false);
  toast({ text: t`The messages between could not be loaded; nothing was selected.`, tone: "danger" });
}
