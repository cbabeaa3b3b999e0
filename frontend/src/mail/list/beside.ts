/** The index `by` away from where one stands; between two rows that is a half. Undefined where that way there is nothing. */
export function beside(from: number, by: number, total: number): number | undefined {
  const wanted = by > 0 ? Math.floor(from + by) : Math.ceil(from + by);
  const index = Math.min(total - 1, Math.max(0, wanted));
  return total === 0 || (index - from) * by < 0 ? undefined : index;
}
