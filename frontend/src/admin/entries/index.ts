/** The pages of administration that somebody has, in their order; small, so that the palette knows them too. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Permission } from "@/api";
import type { DomainTab, Place } from "../place";

export type Entry = {
  /** What follows /admin/. */
  to: string;
  title: MessageDescriptor;
  /** A part of one's own domain. */
  tab?: DomainTab;
  /** It is marked on these as well. */
  pages: readonly Place["page"][];
};
type Somebody = { permissions: readonly Permission[]; domain: { id: string } | null };

const system: readonly Entry[] = [
  { to: "overview", title: msg`Overview`, pages: ["overview", "home"] },
  { to: "domains", title: msg`Domains`, pages: ["domains", "domain", "user", "list"] },
  { to: "limits", title: msg`Default limits`, pages: ["limits"] },
  { to: "queue", title: msg`Queue`, pages: ["queue", "destinations", "refused", "queued"] },
  { to: "gateways", title: msg`Gateways`, pages: ["gateways"] },
  { to: "suppression", title: msg`Suppressed addresses`, pages: ["suppression"] },
];

type Part = { title: MessageDescriptor; needs?: Permission; pages: readonly Place["page"][] };
const parts: Record<DomainTab, Part> = {
  users: { title: msg`Users`, needs: "USERS_READ", pages: ["user", "home"] },
  aliases: { title: msg`Aliases`, needs: "USERS_READ", pages: [] },
  lists: { title: msg`Lists`, needs: "USERS_READ", pages: ["list"] },
  routing: { title: msg`Routing`, pages: [] },
  deliveries: { title: msg`Deliveries`, needs: "DELIVERIES_READ", pages: [] },
  suppression: { title: msg`Suppressed addresses`, needs: "REPORTS_READ", pages: [] },
  tls: { title: msg`TLS reports`, needs: "REPORTS_READ", pages: [] },
  limits: { title: msg`Limits`, needs: "LIMITS_MANAGE", pages: [] },
  dns: { title: msg`DNS`, pages: [] },
};

/** The parts of a domain that somebody may see. */
export function tabsFor(permissions: readonly Permission[]): DomainTab[] {
  const tabs = Object.keys(parts) as DomainTab[];
  return tabs.filter((tab) => {
    const { needs } = parts[tab];
    return needs === undefined || permissions.includes(needs);
  });
}

/** The name of a part of a domain. */
export function tabTitle(tab: DomainTab): MessageDescriptor {
  return parts[tab].title;
}

export function entriesFor({ permissions, domain }: Somebody): Entry[] {
  const own = tabsFor(permissions).map((tab) => ({
    to: `domains/${domain?.id}${tab === "users" ? "" : `/${tab}`}`,
    title: parts[tab].title,
    tab,
    pages: parts[tab].pages,
  }));
  return [
    ...(permissions.includes("SYSTEM_READ") ? system : domain === null ? [] : own),
    ...(permissions.includes("AUDIT_READ")
      ? [{ to: "audit", title: msg`Audit log`, pages: ["audit"] } satisfies Entry]
      : []),
  ];
}
