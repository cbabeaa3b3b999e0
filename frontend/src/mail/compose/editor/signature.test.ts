// @vitest-environment jsdom
import { EditorState } from "prosemirror-state";
import { expect, test } from "vitest";
import { fromHtml, toHtml } from "./serialize";
import { withSignature } from "./signature";

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
