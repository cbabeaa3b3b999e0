/**
 * Windowing of rows of one height, as arithmetic.
 *
 * Browsers limit how tall a box can be (Chromium 33.5 million px, Firefox about 17.9): above `MAX_HEIGHT` the
 * box is shorter than the rows, and its scroll position is scaled to theirs.
 */

export const MAX_HEIGHT = 12_000_000;
const OVERSCAN = 6;

export type Geometry = { total: number; row: number; viewport: number };
export type Range = { from: number; to: number };

/** Height of the box that scrolls. */
export function boxHeight({ total, row }: Geometry): number {
  return Math.min(total * row, MAX_HEIGHT);
}

/** By how much a px of scrolling moves the rows; 1 unless the box is scaled. */
export function scaleOf(geometry: Geometry): number {
  const full = geometry.total * geometry.row;
  const box = boxHeight(geometry);
  if (full <= box || box <= geometry.viewport) return 1;
  return (full - geometry.viewport) / (box - geometry.viewport);
}

/** Top of the first row's place in the coordinates of all rows. */
export function contentTop(scrollTop: number, geometry: Geometry): number {
  return Math.max(0, scrollTop) * scaleOf(geometry);
}

/** Rows to be drawn at a scroll position, with some on either side that are not in view yet. */
export function rangeAt(scrollTop: number, geometry: Geometry, overscan = OVERSCAN): Range {
  if (geometry.row <= 0) return { from: 0, to: 0 };
  const top = contentTop(scrollTop, geometry);
  const from = Math.max(0, Math.floor(top / geometry.row) - overscan);
  const to = Math.min(geometry.total, Math.ceil((top + geometry.viewport) / geometry.row) + overscan);
  return { from: Math.min(from, to), to };
}

/** Where a row stands inside the box, at a scroll position. */
export function offsetOf(index: number, scrollTop: number, geometry: Geometry): number {
  return index * geometry.row - contentTop(scrollTop, geometry) + Math.max(0, scrollTop);
}

/** Scroll position at which a row is wholly in view, nearest to the present one; null when it is already. */
export function scrollToShow(index: number, scrollTop: number, geometry: Geometry): number | null {
  const top = contentTop(scrollTop, geometry);
  const rowTop = index * geometry.row;
  if (rowTop < top) return rowTop / scaleOf(geometry);
  if (rowTop + geometry.row > top + geometry.viewport) {
    return (rowTop + geometry.row - geometry.viewport) / scaleOf(geometry);
  }
  return null;
}

/** Number of nodes that take turns in showing the rows: fixed, so that none is made while scrolling. */
export function ringSize({ viewport, row }: Geometry): number {
  const needed = row <= 0 ? 0 : Math.ceil(viewport / row) + 2 * OVERSCAN + 2;
  return Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, needed))));
}
