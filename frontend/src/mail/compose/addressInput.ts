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
    )
  );
}

/** Splits "Holt, Maren" <m@x>, b@y; c@z and lines into people; what is no address keeps its text as one. */
export function parseAddresses(text: string): Person[] {
  return split(text).map(toPerson);
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
