/** Which way a text runs, by its first letter (Unicode Bidirectional Algorithm, rule P2). */
import type { Node } from "prosemirror-model";

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && rightToLeft.test(letter);
}

/** The attribute that a block needs in mail: readers lay out what says nothing from left to right. */
export function directionOf(block: Node): { dir?: "rtl" } {
  const text = block.textBetween(0, Math.min(block.content.size, 2000), " ");
  return isRightToLeft(text) ? { dir: "rtl" } : {};
}
