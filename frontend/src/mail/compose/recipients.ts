/** Who an answer goes to, and from which of the own addresses. */
import { isSameAddress, type Person } from "@/lib/addresses";
import type { Content, RecipientKind } from "./types";

export type Original = {
  from: readonly Person[];
  to: readonly Person[];
  cc: readonly Person[];
  replyTo: readonly Person[];
};
export type Recipients = { to: Person[]; cc: Person[] };

/**
 * To whom a reply goes: Reply-To before From (RFC 5322 §3.6.2), the own addresses left out.
 *
 * An answer to what oneself wrote to others goes to them, whatever Reply-To one asks for; where one wrote to
 * oneself alone, as forms of web pages do, Reply-To counts. An answer to oneself alone stays possible.
 */
export function replyRecipients(original: Original, own: readonly string[], toAll: boolean): Recipients {
  const isOwn = (person: Person) => own.some((address) => isSameMailbox(person.address, address));
  const isMine = original.from.length > 0 && original.from.every(isOwn);
  const author = original.replyTo.length > 0 ? original.replyTo : original.from;
  const isToOthers = isMine && !original.to.every(isOwn);
  const first = isToOthers || (isMine && original.replyTo.length === 0) ? original.to : author;
  if (!toAll) return { to: distinct(others(first, isOwn)), cc: [] };
  const to = distinct(others([...first, ...(isMine ? [] : original.to)], isOwn));
  const cc = distinct(original.cc.filter((person) => !isOwn(person))).filter(
    (person) => !to.some((one) => isSameAddress(one.address, person.address)),
  );
  return { to, cc };
}

function others(people: readonly Person[], isOwn: (person: Person) => boolean): readonly Person[] {
  const rest = people.filter((person) => !isOwn(person));
  return rest.length > 0 ? rest : people.slice(0, 1);
}

/** How many are written to, where that is more than may be, and in which field most of them stand. */
export function crowdOf(content: Content, most: number): { count: number; kind: RecipientKind } | undefined {
  const count = distinct([...content.to, ...content.cc, ...content.bcc]).length;
  if (!(count > most)) return undefined;
  const kinds: RecipientKind[] = ["to", "cc", "bcc"];
  return { count, kind: kinds.reduce((a, b) => (content[b].length > content[a].length ? b : a)) };
}

export function distinct(people: readonly Person[]): Person[] {
  const seen = new Set<string>();
  return people.filter(({ address }) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** The own address that the message was sent to; undefined for the usual one. */
export function replyIdentity(original: Original, own: readonly string[]): string | undefined {
  const reached = [...original.to, ...original.cc, ...original.from];
  return own.find((address) => reached.some((person) => isSameMailbox(person.address, address)));
}

/** Whether an address is the other one, perhaps with a +detail. */
function isSameMailbox(address: string, own: string): boolean {
  return isSameAddress(address.replace(/\+[^@]*(?=@)/, ""), own.replace(/\+[^@]*(?=@)/, ""));
}
