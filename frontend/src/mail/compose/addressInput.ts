/** Addresses as people type and paste them. */
import type { Person } from "@/lib/addresses";

/** Whether mail can be sent there, as far as the form of the address tells. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return (
    at > 0 &&
    text.length <= 254 &&
    /^(?:[^\s@"(),:;<>[\]\\]+|"[^"\\\r\n]*")$/u.test(local) &&
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u.test(
      domain,
    ) &&
    // An IP address is none without its brackets.
    !/(?:^|\.)\d+$/.test(domain)
  );
}

/** What is wrong with an address, as a reason that words can be given for. */
export type AddressFault = "at" | "local" | "domain" | "space" | "long";

/** Why mail cannot be sent there; null where it can. */
export function faultOf(address: string): AddressFault | null {
  if (isAddress(address)) return null;
  const at = address.lastIndexOf("@");
  if (at < 0) return "at";
  if (/\s/.test(address)) return "space";
  if (address.length > 254) return "long";
  return at === 0 || !isAddress(`${address.slice(0, at)}@example.org`) ? "local" : "domain";
}

/**
 * Splits "Holt, Maren" <m@x>, b@y; c@z, lines, and rows of a table into people; what is no address keeps its text
 * as one.
 */
export function parseAddresses(text: string): Person[] {
  if (!text.includes("\t")) return split(text).map(toPerson);
  const rows = text.split(/\r\n?|\n/).map((row) => row.split("\t").map((cell) => cell.trim()));
  // The names of the columns are nobody.
  const [head, ...more] = rows;
  const isNamed =
    head !== undefined && !head.join("").includes("@") && more.some((row) => row.join("").includes("@"));
  return (isNamed ? more : rows).flatMap(rowOf);
}

/** The people of a table's row: its address with the names that stand before it, or else behind it. */
function rowOf(cells: readonly string[]): Person[] {
  const at = cells.findIndex(isAddress);
  const isOne = at >= 0 && cells.filter((cell) => cell.includes("@")).length === 1;
  if (!isOne) return split(cells.filter((cell) => cell !== "").join("\n")).map(toPerson);
  const words = (some: readonly string[]) => some.filter((cell) => /\p{L}/u.test(cell));
  const [before, behind] = [words(cells.slice(0, at)), words(cells.slice(at + 1))];
  const name = before.length > 0 ? before.slice(-2).join(" ") : (behind[0] ?? "");
  return [{ name: name.replace(/^"(.*)"$/su, "$1"), address: cells[at] ?? "" }];
}

/** Text typed without a break, parted behind its last sign that ends an address. */
export function splitTyped(text: string): { whole: string; rest: string } {
  const end = Math.max(...[",", ";", "\n"].map((sign) => text.lastIndexOf(sign))) + 1;
  return { whole: text.slice(0, end), rest: text.slice(end) };
}

/** Parts between commas, semicolons and line breaks that stand outside quotes and angle brackets. */
function split(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let isQuoted = false;
  let isInAngle = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? "";
    if (sign === "\\" && isQuoted) {
      part += sign + (text[index + 1] ?? "");
      index += 1;
      continue;
    }
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === "<") isInAngle = true;
    else if (!isQuoted && sign === ">") isInAngle = false;
    const isBreak = /[\r\n]/.test(sign);
    if (isBreak || (!isQuoted && !isInAngle && /[,;]/.test(sign))) {
      parts.push(part);
      part = "";
      if (isBreak) [isQuoted, isInAngle] = [false, false];
    } else part += sign;
  }
  parts.push(part);
  return parts.flatMap((one) => spaced(withoutGroup(one.trim()))).filter((one) => one !== "");
}

/** The first member of "Crew: a@x, b@y;" (RFC 5322 §3.4): those in it are meant, not its name. */
function withoutGroup(part: string): string {
  return part.replace(/^(?!mailto:)(?:"[^"]*"|[^<>"@:()[\]]+):\s*(?!\/)/i, "");
}

/** "a@x b@y" without commas, as some programs copy lists of addresses. */
function spaced(part: string): string[] {
  const words = part.split(/\s+/);
  return words.length > 1 && words.every((word) => isAddress(word)) ? words : [part];
}

function toPerson(text: string): Person {
  const angle = /^(.*?)\s*<\s*([^<>]*?)\s*>$/su.exec(text);
  if (angle === null) return unbracketed(text.replace(/^mailto:/i, ""));
  const name = (angle[1] ?? "")
    .trim()
    .replace(/^"(.*)"$/su, "$1")
    .replace(/\\(.)/gsu, "$1");
  return { name: name === angle[2] ? "" : name, address: angle[2] ?? "" };
}

/** "a@x (Name)", "Name [a@x]" and "Name a@x", as older programs and tables write them. */
function unbracketed(text: string): Person {
  const [, before, commented] = /^(\S+)\s+\(([^()]*)\)$/u.exec(text) ?? [];
  if (before !== undefined && commented !== undefined && isAddress(before))
    return { name: commented.trim(), address: before };
  const [, name, last] = /^(.*\S)\s+(\S+)$/su.exec(text) ?? [];
  const address = last?.replace(/^\[(.*)\]$/, "$1");
  if (name === undefined || address === undefined || name.includes("@") || !isAddress(address))
    return { name: "", address: text };
  return { name: name.replace(/^"(.*)"$/su, "$1"), address };
}
