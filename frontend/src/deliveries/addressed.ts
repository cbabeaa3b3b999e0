/** Whom a message was for, where that is no single address; pure. */

/** Of "@example.org" the domain: several of its addresses were tried. */
export function domainOfMany(address: string): string | undefined {
  return address.startsWith("@") ? address.slice(1) : undefined;
}
