/** What an attempt's entry in the trace tells; pure. */
import type { SpoolEventKind } from "@/api";

/** An entry of the trace, whichever question brought it. */
export type TraceStep = {
  at: string;
  event: SpoolEventKind;
  host: string;
  tls: string;
  status: string;
  reply: string;
  nextAttemptAt: string | null;
  isClaim: boolean;
  source: string;
  checks: readonly Check[];
};

export type Check = { name: string; outcome: string; detail: string };

export type Tone = "ok" | "danger" | "plain";

const GOOD: ReadonlySet<string> = new Set(["pass"]);
const BAD: ReadonlySet<string> = new Set(["fail", "refused", "permerror"]);

/** Whether a check came out well, badly, or neither. */
export function toneOf({ outcome }: Pick<Check, "outcome">): Tone {
  if (GOOD.has(outcome)) return "ok";
  return BAD.has(outcome) ? "danger" : "plain";
}

/** Whose word it was: the other host answered, or no answer came (no connection, no address, given up here). */
export function hasAnswered({ host, reply }: Pick<TraceStep, "host" | "reply">): boolean {
  return host !== "" && /^\d{3}\b/.test(reply);
}

/** Whether another host reported it after it had taken the message. */
export function isReport(event: TraceStep["event"]): boolean {
  return event === "BOUNCED" || event === "DELAYED" || event === "CONFIRMED" || event === "RELAYED";
}

export type Security = { version: string; isVerified: boolean; by: string };

/** "TLSv1.3, verified, DANE" in parts; null for clear text. */
export function securityOf(tls: string): Security | null {
  if (tls === "") return null;
  const [version = "", assurance = "", ...by] = tls.split(", ");
  return {
    version: version.replace("TLSv", "TLS "),
    isVerified: assurance === "verified",
    by: by.join(", "),
  };
}

/** The reply, with the status in front where the reply does not name it. */
export function answerOf(reply: string, status: string): string {
  return reply.includes(status) ? reply : `${status} ${reply}`.trim();
}
