/** People in mail: what to call them. */
export type Person = { name: string; address: string };

/** The name, else the address. */
export function nameOf(person: Person): string {
  return person.name.trim() || person.address;
}

/** `Name <address>` with quotes where RFC 5322 wants them. */
export function fullAddress(person: Person): string {
  const name = person.name.trim();
  if (name === "") return person.address;
  const safe = /^[\p{L}\p{N} !#$%&'*+\-/=?^_`{|}~]+$/u.test(name)
    ? name
    : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${safe} <${person.address}>`;
}

/** Whether two addresses reach the same mailbox, as far as a client can tell: case does not count. */
export function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
