/** A route as its form holds it, and as the server takes it; pure. */
import type { DomainRouteInput } from "@/api";
import type { DomainRoute } from "./documents";

export const ways = ["OPPORTUNISTIC", "ENCRYPTED", "VERIFIED", "IMPLICIT"] satisfies DomainRoute["tls"][];

/** Numbers are text until they are sent. */
export type RouteDraft = Pick<DomainRoute, "host" | "tls" | "accepts"> & { to: "host" | "mx"; port: string };

export function draftOf(route: DomainRoute | undefined): RouteDraft {
  if (route === undefined) return { to: "host", host: "", port: "25", tls: "OPPORTUNISTIC", accepts: "ANY" };
  const { host, port, tls, accepts } = route;
  return { to: host === "" ? "mx" : "host", host, port: String(port), tls, accepts };
}

/** What is no number becomes -1, and a missing host a blank, which the server refuses for their fields. */
export function inputOf({ to, host, port, tls, accepts }: RouteDraft): DomainRouteInput {
  // Without a host there is nobody to be asked.
  if (to === "mx") return { host: "", accepts: accepts === "ASKED" ? "ANY" : accepts };
  const number = /^\d{1,9}$/.test(port.trim()) ? Number(port) : -1;
  return { host: host.trim() || ".", port: number, tls, accepts };
}
