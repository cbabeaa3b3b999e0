/** Messages of the queue are counted to one more than this. */
import { formatNumber } from "@/lib/numbers";

export const MOST_COUNTED = 10_000;

/** "1,234", or "10,000+" where nobody counted on. */
export function countText(total: number): string {
  return total > MOST_COUNTED ? `${formatNumber(MOST_COUNTED)}+` : formatNumber(total);
}
