/** What is worth a question before a message goes. */
import type { Content } from "./types";

export type Warning = "attachment" | "subject";

// Words for "attached" in the languages our users write in; a false alarm costs one key.
const promises = [
  /\battach(?:ed|ing|ment|ments)\b/,
  /\benclosed\b/,
  /\bangehängt|\bbeigefügt|\banhang\b|\banbei\b|\banlage\b/,
  /\bci-joint|\bpièces? jointes?\b/,
  /\badjunt[oa]s?\b/,
  /\ballegat[oi]\b|\bin allegato\b/,
  /\bbijlage[n]?\b|\bbijgevoegd\b/,
  /\bbifoga[td]?\b|\bvedlagt\b|\bvedhæftet\b/,
  /\bem anexo\b|\bzałącz/,
];

/** `text` is what the author wrote, without the quoted original. */
export function warningsOf(content: Content, text: string): Warning[] {
  const found: Warning[] = [];
  const said = `${content.subject.replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:)+.*/i, "")}\n${text}`.toLowerCase();
  const hasFiles = content.attachments.some((file) => file.contentId === null);
  if (!hasFiles && promises.some((words) => words.test(said))) found.push("attachment");
  if (content.subject.trim() === "") found.push("subject");
  return found;
}
