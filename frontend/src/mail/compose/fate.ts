/** What became of a draft while this window had it: other windows and devices, and other programs, have it too. */
import { t } from "@lingui/core/macro";
import { type ResultOf, request } from "@/api";
import { dueTime, listTime } from "@/lib/dates";
import { DraftFateQuery, type ServerDraft } from "./documents";
import type { Problem } from "./types";

export type Fate =
  /** Written on by another window, or by another program through one. */
  | { kind: "changed"; draft: ServerDraft }
  | { kind: "scheduled"; at: string }
  | { kind: "sent"; at: string }
  | { kind: "gone" };

type Answer = ResultOf<typeof DraftFateQuery>["draftFate"];

/** The fate of a draft by its key; "ours" is what the window that asks has saved itself. */
export async function fateOf(
  key: string,
  writer: string,
): Promise<Fate | { kind: "ours"; draft: ServerDraft }> {
  const { draftFate } = await request(DraftFateQuery, { key });
  return fateIn(draftFate, writer);
}

export function fateIn({ draft, sendAt, sentAt }: Answer, writer: string) {
  if (sendAt !== null) return { kind: "scheduled", at: sendAt } as const;
  if (draft !== null) return { kind: draft.writer === writer ? "ours" : "changed", draft } as const;
  return sentAt !== null ? ({ kind: "sent", at: sentAt } as const) : ({ kind: "gone" } as const);
}

/** Nothing is saved or sent until its author has chosen. */
export function problemOfFate(fate: Fate): Problem {
  return { code: "CONFLICT", message: wordsOf(fate), fate };
}

function wordsOf(fate: Fate): string {
  if (fate.kind === "changed") {
    const time = listTime(fate.draft.savedAt);
    return t`This draft was also changed somewhere else, last at ${time}. Which one shall stay?`;
  }
  if (fate.kind === "scheduled") {
    const when = dueTime(fate.at);
    return t`This message waits in Scheduled already and will be sent: ${when}. What you write here is not part of it.`;
  }
  if (fate.kind === "sent") {
    const time = listTime(fate.at);
    return t`This message has been sent already: ${time}. What you write here is not part of it.`;
  }
  return t`This draft was sent or discarded somewhere else. You can keep what is here as a new draft.`;
}
