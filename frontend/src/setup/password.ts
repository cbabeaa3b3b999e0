/** Passwords while they are made: how strong one is, and a random one. The server decides what it takes. */

export const SHORTEST = 10;

/** 0 is refused by the server, 1 weak, 2 fair, 3 good, 4 strong. */
export type Strength = { score: 0 | 1 | 2 | 3 | 4; problem: "empty" | "short" | "name" | "simple" | null };

const sequences = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890"];
const worn = [
  "password",
  "passwort",
  "letmein",
  "welcome",
  "secret",
  "admin",
  "iloveyou",
  "dragon",
  "monkey",
];

/** Estimates how many guesses a password withstands; `names` are the words an attacker tries first. */
export function strengthOf(password: string, names: readonly string[] = []): Strength {
  if (password === "") return { score: 0, problem: "empty" };
  const folded = password.toLowerCase();
  const known = names.map((name) => name.toLowerCase().trim()).filter((name) => name.length > 2);
  if (known.some((name) => folded === name || folded === [...name].reverse().join("")))
    return { score: 0, problem: "name" };
  if ([...password].length < SHORTEST) return { score: 0, problem: "short" };
  const bits = bitsOf(reduce(folded, known), password);
  if (bits < 28) return { score: 0, problem: "simple" };
  return { score: bits < 42 ? 1 : bits < 56 ? 2 : bits < 72 ? 3 : 4, problem: null };
}

/** Words that are tried first, runs of the keyboard and repeated signs count as one sign each. */
function reduce(folded: string, known: readonly string[]): string {
  let rest = folded;
  for (const word of [...known, ...worn]) rest = rest.replaceAll(word, "\u0001");
  for (const sequence of sequences) {
    for (let length = sequence.length; length >= 3; length -= 1) {
      for (let start = 0; start + length <= sequence.length; start += 1) {
        const run = sequence.slice(start, start + length);
        rest = rest.replaceAll(run, "\u0002").replaceAll([...run].reverse().join(""), "\u0002");
      }
    }
  }
  return rest.replace(/(.+?)\1{2,}/gu, "$1");
}

function bitsOf(reduced: string, password: string): number {
  const kinds: [RegExp, number][] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{N}/u, 10],
    [/[^\p{L}\p{N}]/u, 20],
  ];
  const alphabet = kinds.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
  const distinct = new Set(reduced).size;
  return Math.min([...reduced].length, distinct * 2) * Math.log2(Math.max(2, alphabet));
}

// No signs that are taken for one another when read out: i, l, o, 0, 1.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** Five groups of four: about 99 bits, easy to read out. */
export function generatePassword(random: (bytes: Uint8Array) => Uint8Array = fill): string {
  const signs: string[] = [];
  while (signs.length < 20) {
    for (const byte of random(new Uint8Array(32))) {
      // Bytes beyond the last whole multiple would make the first signs likelier.
      if (byte < 248 && signs.length < 20) signs.push(alphabet[byte % alphabet.length] ?? "");
    }
  }
  return [0, 4, 8, 12, 16].map((start) => signs.slice(start, start + 4).join("")).join("-");
}

function fill(bytes: Uint8Array): Uint8Array {
  return crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
}
