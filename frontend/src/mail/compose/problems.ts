/** What went wrong while saving or sending, and what the author can do about it. */
import { t } from "@lingui/core/macro";
import { isApiError } from "@/api";
import { isAddress } from "./addressInput";
import { keepsDrafts } from "./localDrafts";
import { crowdOf } from "./recipients";
import type { ComposerState, Problem, RecipientKind } from "./types";

export function problemOf(error: unknown): Problem {
  if (isProblem(error)) return error;
  if (isApiError(error)) return { code: error.code, message: error.message };
  return { code: "UNAVAILABLE", message: error instanceof Error ? error.message : String(error) };
}

function isProblem(error: unknown): error is Problem {
  return (
    typeof error === "object" &&
    error !== null &&
    !(error instanceof Error) &&
    "code" in error &&
    "message" in error
  );
}

/** Whether trying again later, without the author, may help. */
export function isPassing(problem: Problem): boolean {
  return ["OFFLINE", "TIMEOUT", "UNAVAILABLE", "PROTOCOL", "RATE_LIMITED", "UNAUTHENTICATED"].includes(
    problem.code,
  );
}

/** Whether there was no answer at all. */
export function isUnreached({ code }: Problem): boolean {
  return code === "OFFLINE" || code === "TIMEOUT";
}

/** One sentence on what happened and what to do. */
export function adviceOf(problem: Problem): string {
  const { code, message, fate } = problem;
  if (fate !== undefined) return message;
  switch (code) {
    case "OFFLINE":
    case "TIMEOUT":
      if (!keepsDrafts())
        return t`Not saved: the server cannot be reached, and this device has no room for your text. Leave the page open until there is a connection.`;
      return t`The server cannot be reached. Your text is kept on this device and saved as soon as it answers.`;
    case "UNAUTHENTICATED":
      return t`Your session has ended. Sign in again, then send.`;
    case "OVER_QUOTA":
      return t`Your mailbox is full. Delete something, then try again.`;
    case "RATE_LIMITED":
      return t`${message}. The message stays here as a draft.`;
    case "NOT_FOUND":
      return t`${message}.`;
    default:
      return message.endsWith(".") ? message : `${message}.`;
  }
}

/** Names the element that says why a message was not saved or sent. */
export function complaintIdOf({ key }: ComposerState): string {
  return `complaint-${key}`;
}

/** Whether a message was not sent for its recipients of that kind. */
export function isRefusedFor({ send, content }: ComposerState, kind: RecipientKind): boolean {
  if (send.kind !== "failed") return false;
  if (send.problem.code === "NO_RECIPIENT") return kind === "to";
  if (send.problem.code === "TOO_MANY") return crowdOf(content, 0)?.kind === kind;
  return send.problem.code === "BAD_ADDRESS" && !content[kind].every(({ address }) => isAddress(address));
}
