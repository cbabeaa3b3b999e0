// @vitest-environment jsdom
import { expect, test } from "vitest";
import { quoteLines } from "../quote";
import { plainOf } from "./plainText";

test("lines, lists, links, the signature and the original become text", () => {
  const html =
    "<div>Dear <b>Amara</b>,</div><div><br></div><div>two  words</div><ul><li><div>one</div></li><li>two</li></ul>" +
    '<div>see <a href="https://example.org/a">this</a></div><div data-signature="7"><div>Maren</div><div>Desk</div></div>' +
    '<div><br></div><div>On Monday, Amara wrote:</div><blockquote data-quoted="reply"><p>Hello</p><p>there</p></blockquote>';
  expect(plainOf(html)).toBe(
    "Dear Amara,\n\ntwo words\n\n- one\n- two\n\nsee this <https://example.org/a>\n-- \nMaren\nDesk\n\n" +
      "On Monday, Amara wrote:\n> Hello\n>\n> there",
  );
});

test("an address that says itself is said once, and style sheets are not read out", () => {
  const html =
    '<style>p{color:red}</style><a href="mailto:a@b.test">a@b.test</a> <a href="https://b.test/">b.test</a>';
  expect(plainOf(html)).toBe("a@b.test b.test");
});

test("quotes grow by one mark", () => {
  expect(quoteLines("a\n> b\n\n")).toBe("> a\n>> b");
});
