/** The signature's place in a message: at the end, or before the words that introduce an original. */
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { schema } from "./schema";
import { fromHtml } from "./serialize";

/** Exchanges the signature of the document, or takes it out. */
export function withSignature(
  transaction: Transaction,
  signature: { id: string; html: string } | null,
): Transaction {
  const { doc } = transaction;
  const old = placeOfSignature(doc);
  const node =
    signature === null
      ? []
      : [schema.node("signature", { id: signature.id }, fromHtml(signature.html).content)];
  if (old !== null) return replaced(transaction, old.from, old.to, node);
  if (node.length === 0) return transaction;
  const place = placeBeforeOriginal(doc);
  const empty = schema.node("line");
  return transaction.insert(place, place === doc.content.size ? [empty, ...node] : [...node, empty]);
}

function replaced(transaction: Transaction, from: number, to: number, nodes: Node[]): Transaction {
  const isWhole = from === 0 && to === transaction.doc.content.size;
  return transaction.replaceWith(from, to, nodes.length === 0 && isWhole ? [schema.node("line")] : nodes);
}

/** Puts lines behind the one with the cursor, but never into the signature. */
export function withLine(transaction: Transaction, html: string): Transaction {
  const { doc, selection } = transaction;
  const signature = placeOfSignature(doc);
  const here = selection.$to.depth > 0 ? selection.$to.after(1) : selection.to;
  const place = signature !== null && here > signature.from ? signature.from : here;
  const before = doc.resolve(place).nodeBefore;
  const lines = fromHtml(html).content;
  // An empty line is what was waiting for it.
  if (before !== null && before.type === schema.nodes.line && before.childCount === 0)
    return transaction.replaceWith(place - before.nodeSize, place, lines);
  return transaction.insert(place, lines);
}

/** The end of what stands before a signature that ends the document; null where none does. */
export function endBeforeSignature(doc: Node): number | null {
  const place = placeOfSignature(doc);
  return place === null || place.to !== doc.content.size || place.from === 0 ? null : place.from;
}

function placeOfSignature(doc: Node): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  doc.forEach((node, offset) => {
    if (node.type === schema.nodes.signature) found ??= { from: offset, to: offset + node.nodeSize };
  });
  return found;
}

/** Before "On … wrote:" or the head of a forwarded message; else the end. */
function placeBeforeOriginal(doc: Node): number {
  let index = -1;
  doc.forEach((node, _offset, at) => {
    if (index < 0 && node.type === schema.nodes.quotedHtml) index = at;
  });
  if (index < 0) return doc.content.size;
  const isForward = doc.child(index).attrs.kind === "forward";
  // The head of a forwarded message begins with a line of dashes, at most seven lines above it.
  const reach = isForward ? 8 : 1;
  let first = index;
  for (let at = index - 1; at >= Math.max(0, index - reach); at -= 1) {
    if (!isForward) first = doc.child(at).textContent === "" ? index : at;
    else if (doc.child(at).textContent.startsWith("-----")) first = at;
  }
  let place = 0;
  for (let at = 0; at < first; at += 1) place += doc.child(at).nodeSize;
  return place;
}
