/** A range whose rows are not all here: they are fetched, then selected at once, so that no act meets a part of it. */
import { t } from "@lingui/core/macro";
import { formatNumber } from "@/lib/numbers";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { selection } from "../selection";
import type { Sort, Source } from "../store/types";
import { isKnown, tellFailure } from "./range";

const MOST = 3000;
/** So many rows are asked for together. */
const STRETCH = 300;

export async function extendFar(source: Source, sort: Sort, index: number): Promise<void> {
  const now = () => mailStore.view(source, sort);
  const target = now().idAt(index);
  const from = selection.rangeFrom(index, now());
  const [low, high] = [Math.min(from, index), Math.max(from, index)];
  if (high - low >= MOST) {
    const most = formatNumber(MOST);
    toast({ text: t`A range holds at most ${most} messages. “All” takes the whole list.` });
    return;
  }
  selection.setExtending(true);
  const isWanted = () => selection.get().isExtending;
  for (let at = low; at <= high && isWanted(); at += STRETCH) {
    if (!(await arrive(source, sort, at, Math.min(at + STRETCH - 1, high), isWanted))) {
      if (isWanted()) tellFailure();
      return;
    }
  }
  if (!isWanted()) return;
  // New mail may have moved all of them meanwhile.
  const moved = target === undefined ? -1 : now().indexOf(target);
  selection.extend(moved < 0 ? index : moved, now());
}

/** Resolves when these rows are known, or with false when they do not come or are not wanted any more. */
function arrive(source: Source, sort: Sort, from: number, to: number, isWanted: () => boolean) {
  const failedBefore = mailStore.view(source, sort).error;
  return new Promise<boolean>((resolve) => {
    const stops = [mailStore.subscribe(look), selection.subscribe(look)];
    look();
    function look() {
      const view = mailStore.view(source, sort);
      const last = Math.min(to, view.total - 1);
      if (isKnown(view, Math.min(from, last), last)) end(true);
      else if (!isWanted() || (view.error !== undefined && view.error !== failedBefore)) end(false);
      else mailStore.need(source, sort, from, last + 1);
    }
    function end(isHere: boolean) {
      for (const stop of stops) stop();
      resolve(isHere);
    }
  });
}
