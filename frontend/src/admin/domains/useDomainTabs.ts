/** The parts of a domain that the viewer may see, in their order. */
import { useCan } from "@/app";
import type { DomainTab } from "../place";

export function useDomainTabs(): readonly DomainTab[] {
  const canReadUsers = useCan("USERS_READ");
  const canReport = useCan("REPORTS_READ");
  const canTrace = useCan("DELIVERIES_READ");
  const canLimit = useCan("LIMITS_MANAGE");
  return [
    ...(canReadUsers ? (["users", "aliases", "lists"] as const) : []),
    "routing",
    ...(canTrace ? (["deliveries"] as const) : []),
    ...(canReport ? (["suppression", "tls"] as const) : []),
    ...(canLimit ? (["limits"] as const) : []),
    "dns",
  ];
}

/** The part that is shown where `wanted` was asked for. */
export function shownTab(wanted: DomainTab, tabs: readonly DomainTab[]): DomainTab {
  return tabs.includes(wanted) ? wanted : (tabs[0] ?? wanted);
}
