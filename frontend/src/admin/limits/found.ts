/** Which limits are looked for, and where in their words; pure. */
import type { Setting } from "../documents";

export type Sought = Pick<Setting, "key" | "subject" | "label" | "help" | "choices">;
export type Piece = { text: string; isHit: boolean };

/** The words that were typed, each once. */
export function wordsOf(typed: string): string[] {
  return [...new Set(typed.toLocaleLowerCase().split(/\s+/).filter(Boolean))];
}

/** Whether each word stands in its name, its help, its values, its subject or its key. */
export function isFound({ key, subject, label, help, choices }: Sought, words: readonly string[]): boolean {
  const texts = [key, subject, label, help, ...choices.flatMap((choice) => [choice.label, choice.help])];
  const known = texts.join("\n").toLocaleLowerCase();
  return words.every((word) => known.includes(word));
}

/** The text cut where the words stand in it. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return [{ text, isHit: false }];
  const literal = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  // What is caught by the group stands at the odd places.
  return text
    .split(new RegExp(`(${literal.join("|")})`, "giu"))
    .map((piece, place) => ({ text: piece, isHit: place % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
