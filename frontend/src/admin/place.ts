/** Which page of administration an address means; pure, so that every address can be tried. */

import { type ListPart, listParts } from "./lists/parts";

export type DomainTab =
  | "users"
  | "aliases"
  | "lists"
  | "routing"
  | "deliveries"
  | "suppression"
  | "tls"
  | "limits"
  | "dns";
export type Place =
  | { page: "home" }
  | { page: "overview" }
  | { page: "domains" }
  | { page: "domain"; id: string; tab: DomainTab }
  | { page: "user"; domainId: string; id: string }
  | { page: "list"; domainId: string; id: string; part: ListPart | undefined }
  | { page: "limits" }
  | { page: "queue" }
  | { page: "destinations" }
  | { page: "refused" }
  | { page: "queued"; id: string }
  | { page: "gateways" }
  | { page: "suppression" }
  | { page: "audit" }
  | { page: "unknown" };

const tabs: readonly string[] = [
  "users",
  "aliases",
  "lists",
  "routing",
  "deliveries",
  "suppression",
  "tls",
  "limits",
  "dns",
] satisfies DomainTab[];
const isTab = (text: string): text is DomainTab => tabs.includes(text);
const isId = (text: string | undefined): text is string => text !== undefined && /^\d{1,19}$/.test(text);

export function placeOf(path: string): Place {
  const [first = "", id, tab = "users", user, part, ...rest] = path.split("/");
  if (first === "domains" && isId(id) && tab === "lists" && isId(user) && rest.length === 0) {
    return listPlace(id, user, part);
  }
  const more = part === undefined ? rest : [part, ...rest];
  if (more.length > 0) return { page: "unknown" };
  if (path === "") return { page: "home" };
  if (["overview", "limits", "audit", "domains", "queue", "gateways", "suppression"].includes(path)) {
    return {
      page: path as "overview" | "limits" | "audit" | "domains" | "queue" | "gateways" | "suppression",
    };
  }
  if (path === "queue/destinations") return { page: "destinations" };
  if (path === "queue/refused") return { page: "refused" };
  if (first === "queue" && isId(id) && path === `queue/${id}`) return { page: "queued", id };
  if (first !== "domains" || !isId(id)) return { page: "unknown" };
  if (tab === "users" && isId(user)) return { page: "user", domainId: id, id: user };
  if (user !== undefined || !isTab(tab)) return { page: "unknown" };
  return { page: "domain", id, tab };
}

function listPlace(domainId: string, id: string, part: string | undefined): Place {
  const known = listParts.find((one) => one === part);
  if (part !== undefined && known === undefined) return { page: "unknown" };
  return { page: "list", domainId, id, part: known };
}
