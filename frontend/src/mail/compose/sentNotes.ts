/** What was just sent, remembered by this tab: loading the page anew does not take the undo away. */
/** The shell looks for it, to load the composer. */
const KEY = "postroom.sent";

export type SentNote = { viewerId: string; submissionId: string; until: number };

function isNote(found: unknown): found is SentNote {
  if (typeof found !== "object" || found === null) return false;
  if (!("viewerId" in found && "submissionId" in found && "until" in found)) return false;
  const { viewerId, submissionId, until } = found;
  return typeof viewerId === "string" && typeof submissionId === "string" && typeof until === "number";
}

function kept(): SentNote[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isNote) : [];
  } catch {
    return []; // No storage, or not ours.
  }
}

function keep(next: readonly SentNote[]): void {
  try {
    if (next.length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the undo lasts as long as the page.
  }
}

/** Those of a user that can still be taken back. */
export function sentNotes(viewerId: string, now = Date.now()): SentNote[] {
  return kept().filter((note) => note.viewerId === viewerId && note.until > now);
}

export function noteSent(note: SentNote, now = Date.now()): void {
  keep([...kept().filter(({ until }) => until > now), note]);
}

export function forgetSent(submissionId: string): void {
  keep(kept().filter((note) => note.submissionId !== submissionId));
}
