/** What is worth a question before a message goes. */
import type { Content, Person } from "./types";

export type Warning = "attachment" | "subject" | "outside" | "many";

/** So many people who see one another are worth a second look; in an answer to all it happens by mistake. */
export const MANY = 20;
export const MANY_ANSWERED = 10;

// Words for "attached" in the languages our users write in; a false alarm costs one key.
const promises = [
  /\battach(?:ed|es|ing|ment|ments)?\b/,
  /\benclosed?\b|\benclosures?\b/,
  /\bangehäng|\bbeigefüg|\bbeigeleg|\banh[aä]nge?n?\b|\banbei\b|\banlagen?\b|\bim anhang\b|\bdateianh/,
  /\bci-joint|\bpièces? jointes?\b/,
  /\badjunt[oa]s?\b/,
  /\ballegat[oi]\b|\bin allegato\b/,
  /\bbijlage[n]?\b|\bbijgevoegd\b/,
  /\bbifoga[td]?\b|\bvedlagt\b|\bvedhæftet\b/,
  /\bem anexo\b|\bzałącz/,
];

/** `text` is what the author wrote, without the quoted original; `domain` is the author's. */
export function warningsOf(content: Content, text: string, domain: string): Warning[] {
  const found: Warning[] = [];
  const said = `${content.subject.replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:)+.*/i, "")}\n${text}`.toLowerCase();
  const hasFiles = content.attachments.some((file) => file.contentId === null);
  if (!hasFiles && promises.some((words) => words.test(said))) found.push("attachment");
  if (content.subject.trim() === "") found.push("subject");
  if (isMixed(content, domain)) found.push("outside");
  const visible = content.to.length + content.cc.length;
  if (visible >= (content.inReplyTo === null ? MANY : MANY_ANSWERED)) found.push("many");
  return found;
}

/** Those elsewhere, where colleagues get it as well: what is meant for the house leaves it that way. */
export function outsiders(content: Content, domain: string): Person[] {
  const ending = `@${domain.toLowerCase()}`;
  return [...content.to, ...content.cc, ...content.bcc].filter(
    ({ address }) => !address.toLowerCase().endsWith(ending),
  );
}

function isMixed(content: Content, domain: string): boolean {
  const all = content.to.length + content.cc.length + content.bcc.length;
  const outside = outsiders(content, domain).length;
  return domain !== "" && outside > 0 && outside < all;
}
