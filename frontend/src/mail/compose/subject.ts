/** Subjects of answers: one prefix, however many there were, in whatever language they were put. */

const reply = /^\s*(?:re|aw|antw|antwort|sv|vs|odp|ynt|ref|回复|答复)(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*/i;
const forward = /^\s*(?:fwd?|wg|tr|rv|vb|enc|i|转发)(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/i;

export function replySubject(subject: string): string {
  return `Re: ${strip(subject, reply)}`.trimEnd();
}

export function forwardSubject(subject: string): string {
  return `Fwd: ${strip(subject, forward)}`.trimEnd();
}

function strip(subject: string, prefix: RegExp): string {
  let rest = subject.trim();
  while (prefix.test(rest)) rest = rest.replace(prefix, "");
  return rest;
}
