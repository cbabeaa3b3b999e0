// @vitest-environment jsdom
import { EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import { keys } from "./commands";
import { fromHtml, toHtml, toText } from "./serialize";

const original =
  '<table width="400" bgcolor="#f3efe7"><tbody><tr><td style="width:30%">A &amp; B</td></tr></tbody></table>';
const reply = `<div>Hello</div><div><br></div><blockquote data-quoted="reply">${original}</blockquote><div><br></div>`;

describe("the HTML of a message", () => {
  test("lines, formats and lists come back as they went", () => {
    const html =
      "<div>a <b>b</b> <i>c</i> <u>d</u> <s>e</s></div><div><br></div><ul><li><div>one</div></li></ul><h2>Two</h2>" +
      '<div><a href="https://example.org" rel="noopener noreferrer">link</a></div><hr><p>end</p>';
    expect(toHtml(fromHtml(html))).toBe(html);
  });

  test("what is written from right to left says so, each block for itself", () => {
    const html =
      '<div dir="rtl">שלום, Maren</div><div>Hello, שלום</div><div dir="rtl">12: مرحبا</div>' +
      '<ul dir="rtl"><li><div dir="rtl">אחת</div></li></ul><ol start="3"><li><div>three</div></li></ol><h2 dir="rtl">שתיים</h2>';
    expect(toHtml(fromHtml(html))).toBe(html);
    expect(toHtml(fromHtml(html.replaceAll(' dir="rtl"', "")))).toBe(html);
  });

  test("a quoted original keeps its HTML", () => {
    expect(toHtml(fromHtml(reply))).toContain(`>${original}</blockquote>`);
  });

  test("what the author wrote leaves the original out", () => {
    expect(toText(fromHtml(reply))).toBe("Hello");
  });

  test("scripts, handlers and forms are gone", () => {
    const html = toHtml(
      fromHtml(
        '<div onclick="x()">a<script>x()</script><img src="cid:1@x" onerror="x()"><form><input></form></div>' +
          '<blockquote data-quoted="reply"><p onmouseover="x()">b</p><iframe src="//x"></iframe></blockquote>',
      ),
    );
    expect(html).not.toMatch(/on\w+=|<script|<form|<input|<iframe/);
    expect(html).toContain('src="cid:1@x"');
  });
});

test("one Backspace after the original removes it", () => {
  const doc = fromHtml(reply);
  const state = EditorState.create({ doc, selection: TextSelection.create(doc, doc.content.size - 1) });
  let next = state;
  expect(keys.Backspace?.(state, (transaction) => (next = state.apply(transaction)))).toBe(true);
  expect(toHtml(next.doc)).toBe("<div>Hello</div><div><br></div><div><br></div>");
});
