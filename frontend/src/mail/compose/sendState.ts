/**
 * Where a message being written stands: Draft, Saving, Sending, Held (the undo time runs on the server), Failed.
 *
 * An event that does not fit a state leaves it as it is, so a late answer can never bring back a message
 * that is on its way.
 */
import { isPassing } from "./problems";
import type { Problem } from "./types";

export type SendState =
  | { kind: "draft" }
  | { kind: "saving" }
  | { kind: "sending" }
  | { kind: "held"; submissionId: string; releaseAt: string }
  | { kind: "failed"; during: "saving" | "sending"; problem: Problem };

export type SendEvent =
  | { type: "edited" }
  | { type: "saveStarted" }
  | { type: "saved" }
  /** Its author has chosen how it goes on. */
  | { type: "settled" }
  | { type: "sendStarted" }
  | { type: "submitted"; submissionId: string; releaseAt: string }
  | { type: "cancelled" }
  /** `during` where it was asked to be sent while a save went on. */
  | { type: "refused"; problem: Problem; during?: "sending" };

export function nextSendState(state: SendState, event: SendEvent): SendState {
  switch (state.kind) {
    case "draft":
      if (event.type === "saveStarted") return { kind: "saving" };
      if (event.type === "sendStarted") return { kind: "sending" };
      if (event.type === "refused") return { kind: "failed", during: "sending", problem: event.problem };
      return state;
    case "saving":
      if (event.type === "saved") return { kind: "draft" };
      if (event.type === "sendStarted") return { kind: "sending" };
      if (event.type === "refused") {
        return { kind: "failed", during: event.during ?? "saving", problem: event.problem };
      }
      return state;
    case "sending":
      if (event.type === "refused") return { kind: "failed", during: "sending", problem: event.problem };
      if (event.type === "cancelled") return { kind: "draft" };
      if (event.type === "submitted") {
        return { kind: "held", submissionId: event.submissionId, releaseAt: event.releaseAt };
      }
      return state;
    case "held":
      return event.type === "cancelled" ? { kind: "draft" } : state;
    case "failed":
      if (event.type === "edited" && state.problem.fate !== undefined) return state;
      if (event.type === "edited" || event.type === "settled") return { kind: "draft" };
      // That it is saved does not mend what kept it from being sent: the words stay until they are heeded.
      if (state.during === "sending" && !isPassing(state.problem) && /^save/.test(event.type)) return state;
      if (event.type === "saved") return { kind: "draft" };
      if (event.type === "saveStarted") return { kind: "saving" };
      if (event.type === "sendStarted") return { kind: "sending" };
      if (event.type === "refused") {
        return { ...state, during: event.during ?? state.during, problem: event.problem };
      }
      return state;
  }
}
