/**
 * Addresses of the web become links: as soon as a space or a new line follows them, and where they are pasted.
 *
 * Many readers show the text of a message as it is, and an address that is no link cannot be pressed there.
 */
import { InputRule } from "prosemirror-inputrules";
import { Fragment, type Node, Slice } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { schema } from "./schema";

const address = /(?:https?:\/\/|www\.)[^\s<>"\ufffc]+/gi;
/** Signs that end the sentence around it rather than the address. */
const behind = /(?:[.,;:!?'"»“”’]|&quot;)+$/;

type Found = { from: number; to: number; href: string };

/** The addresses in a text. */
export function addressesIn(text: string): Found[] {
  return [...text.matchAll(address)].flatMap(({ 0: whole, index }) => {
    let shown = whole.replace(behind, "");
    // A bracket that was opened before it is closed behind it.
    while (shown.endsWith(")") && shown.split(")").length > shown.split("(").length)
      shown = shown.slice(0, -1).replace(behind, "");
    const href = /^www\./i.test(shown) ? `https://${shown}` : shown;
    if (!URL.canParse(href) || !new URL(href).hostname.includes(".")) return [];
    return [{ from: index, to: index + shown.length, href }];
  });
}

const { link } = schema.marks;

/** Makes a link of the address that ends before the cursor. */
function linked(state: EditorState, tr: Transaction): Transaction | null {
  const { $from, empty } = state.selection;
  if (!empty || link === undefined || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const reach = Math.max(0, $from.parentOffset - 2_000);
  const text = $from.parent.textBetween(reach, $from.parentOffset, undefined, "\ufffc");
  const last = addressesIn(text).at(-1);
  // Only signs of the sentence may stand between it and the cursor.
  if (last === undefined || !/^[^\s]*$/.test(text.slice(last.to))) return null;
  const start = $from.start() + reach;
  const [from, to] = [start + last.from, start + last.to];
  if (state.doc.rangeHasMark(from, to, link)) return null;
  return tr.addMark(from, to, link.create({ href: last.href })).removeStoredMark(link);
}

/** At a space. */
export const linkRule = new InputRule(/\s$/, (state, _match, _start, end) => {
  const tr = linked(state, state.tr);
  return tr === null ? null : tr.insertText(" ", end);
});

/** At Enter, which goes on to do what it does. */
export const linkBefore: Command = (state, dispatch) => {
  const tr = linked(state, state.tr);
  if (tr !== null) dispatch?.(tr);
  return false;
};

/** Pasted content with links where it has addresses and none. */
export function withLinks(slice: Slice): Slice {
  const walk = (fragment: Fragment, isCode: boolean): Fragment => {
    const nodes: Node[] = [];
    fragment.forEach((node) => {
      if (node.isText && !isCode && link !== undefined && !link.isInSet(node.marks))
        nodes.push(...parts(node));
      else nodes.push(node.isText ? node : node.copy(walk(node.content, node.type.spec.code === true)));
    });
    return Fragment.from(nodes);
  };
  return new Slice(walk(slice.content, false), slice.openStart, slice.openEnd);
}

function parts(node: Node): Node[] {
  const text = node.text ?? "";
  const found = addressesIn(text);
  if (found.length === 0 || link === undefined) return [node];
  const nodes: Node[] = [];
  let at = 0;
  for (const { from, to, href } of found) {
    if (from > at) nodes.push(node.cut(at, from));
    nodes.push(node.cut(from, to).mark(link.create({ href }).addToSet(node.marks)));
    at = to;
  }
  return at < text.length ? [...nodes, node.cut(at)] : nodes;
}

/** Where the clipboard has one address of the web and nothing else. */
export function onlyAddress(text: string): string | null {
  const [found, ...more] = addressesIn(text.trim());
  return found !== undefined && more.length === 0 && found.from === 0 && found.to === text.trim().length
    ? found.href
    : null;
}
