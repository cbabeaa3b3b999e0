/** A detour as its form holds it, and as the server takes it; pure. */
import type { SpoolDetour } from "@/api";
import type { Gateway } from "../gateways/documents";

export const waysToSecure = ["OPPORTUNISTIC", "ENCRYPTED", "VERIFIED", "IMPLICIT"] satisfies Gateway["tls"][];

export type DetourDraft = {
  by: "host" | "gateway" | "address" | "usual";
  host: string;
  port: string;
  tls: Gateway["tls"];
  gatewayId: string;
  address: string;
};

export const emptyDetour: DetourDraft = {
  by: "host",
  host: "",
  port: "25",
  tls: "OPPORTUNISTIC",
  gatewayId: "",
  address: "",
};

/** Undefined is the usual way, null what is not complete. */
export function detourOf(draft: DetourDraft): SpoolDetour | undefined | null {
  switch (draft.by) {
    case "usual":
      return undefined;
    case "gateway":
      return draft.gatewayId === "" ? null : { gatewayId: draft.gatewayId };
    case "address":
      return draft.address.trim() === "" ? null : { address: draft.address.trim() };
    case "host":
      if (draft.host.trim() === "" || !/^\d{1,5}$/.test(draft.port.trim())) return null;
      return { host: draft.host.trim(), port: Number(draft.port), tls: draft.tls };
  }
}
