/** A gateway as its form holds it, and as the server takes it; pure. */
import type { GatewayInput } from "@/api";
import type { Gateway } from "./documents";

/** Numbers are text until they are sent; an empty password stays what it is. */
export type GatewayDraft = Omit<Gateway, "id" | "port" | "priority"> & {
  port: string;
  priority: string;
  password: string;
};

export const emptyDraft: GatewayDraft = {
  name: "",
  host: "",
  port: "587",
  tls: "VERIFIED",
  username: "",
  password: "",
  hasPassword: false,
  senderDomain: "",
  recipientDomain: "",
  priority: "10",
  isEnabled: true,
};

export function draftOf({ id: _, port, priority, ...gateway }: Gateway): GatewayDraft {
  return { ...gateway, port: String(port), priority: String(priority), password: "" };
}

/** Another way to secure it, with the port it usually has, unless a port of one's own was set. */
export function secured(draft: GatewayDraft, tls: Gateway["tls"]): GatewayDraft {
  const usual = (one: Gateway["tls"]) => (one === "IMPLICIT" ? "465" : "587");
  return { ...draft, tls, port: draft.port === usual(draft.tls) ? usual(tls) : draft.port };
}

const whole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : -1);

/** What is no number becomes -1, which the server refuses for its field. */
export function inputOf(draft: GatewayDraft): GatewayInput {
  const username = draft.username.trim();
  const isKept = draft.hasPassword && draft.password === "" && username !== "";
  return {
    name: draft.name.trim(),
    host: draft.host.trim(),
    port: whole(draft.port),
    tls: draft.tls,
    username,
    password: isKept ? null : username === "" ? "" : draft.password,
    senderDomain: draft.senderDomain.trim(),
    recipientDomain: draft.recipientDomain.trim(),
    priority: whole(draft.priority),
    isEnabled: draft.isEnabled,
  };
}
