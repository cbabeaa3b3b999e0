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
