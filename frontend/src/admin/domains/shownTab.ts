/** Which part of a domain is shown; pure. */
import type { DomainTab } from "../place";

/** The part that is shown where `wanted` was asked for. */
export function shownTab(wanted: DomainTab, tabs: readonly DomainTab[]): DomainTab {
  return tabs.includes(wanted) ? wanted : (tabs[0] ?? wanted);
}
