// @vitest-environment jsdom
import { EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { fromHtml, toHtml } from "./serialize";
import { endBeforeSignature, withLine, withSignature } from "./signature";

const quote = '<blockquote data-quoted="reply"><p>Hi</p></blockquote>';

function signed(html: string, signature: { id: string; html: string } | null): string {
  return toHtml(withSignature(EditorState.create({ doc: fromHtml(html) }).tr, signature).doc);
}

test("a signature comes before the words that introduce the original", () => {
  const html = signed(`<div>Hello</div><div><br></div><div>On Monday, Amara wrote:</div>${quote}`, {
    id: "7",
    html: "<div>Maren</div>",
  });
  expect(html).toMatch(
    /^<div>Hello<\/div><div><br><\/div><div data-signature="7"><div>Maren<\/div><\/div><div><br><\/div><div>On Monday/,
  );
});

test("another one takes its place, and none takes it away", () => {
  const one = '<div>Hello</div><div data-signature="7"><div>Maren</div></div>';
  expect(signed(one, { id: "8", html: "<div>M.</div>" })).toBe(
    '<div>Hello</div><div data-signature="8"><div>M.</div></div>',
  );
  expect(signed(one, null)).toBe("<div>Hello</div>");
  expect(signed('<div data-signature="7"><div>Maren</div></div>', null)).toBe("<div><br></div>");
});

test("the head of a forwarded message stays with it", () => {
  const head = "<div>---------- Forwarded message ----------</div><div>From: a</div><div><br></div>";
  const html = signed(`<div>See</div>${head}<div data-quoted="forward"><p>Hi</p></div>`, {
    id: "7",
    html: "<div>Maren</div>",
  });
  expect(html.indexOf("data-signature")).toBeLessThan(html.indexOf("-----"));
});

const link = '<div><a href="https://example.org/links/x">garden.zip</a></div>';

/** A line put in with the cursor at a place; what stands where. */
function lined(html: string, place: number): string[] {
  const state = EditorState.create({ doc: fromHtml(html) });
  const { doc } = withLine(state.tr.setSelection(TextSelection.create(state.doc, place)), link);
  return doc.content.content.map((node) => `${node.type.name}:${node.textContent}`);
}

test("a line comes behind the one with the cursor, in the place of an empty one, never into the signature", () => {
  const signed = '<div>Hello</div><div><br></div><div data-signature="7"><div>Maren</div></div>';
  expect(lined("<div>Hello</div><div>there</div>", 2)).toEqual([
    "line:Hello",
    "line:garden.zip",
    "line:there",
  ]);
  expect(lined(signed, 8)).toEqual(["line:Hello", "line:garden.zip", "signature:Maren"]);
  expect(lined(signed, 12)).toEqual(["line:Hello", "line:garden.zip", "signature:Maren"]);
});

test("a press below a signature goes to the end of what is written", () => {
  const signature = '<div data-signature="7"><div>Maren</div></div>';
  expect(endBeforeSignature(fromHtml(`<div>Hi</div>${signature}`))).toBe(4);
  expect(endBeforeSignature(fromHtml(`<div>Hi</div>${signature}<div>after</div>`))).toBeNull();
  expect(endBeforeSignature(fromHtml("<div>Hi</div>"))).toBeNull();
});
