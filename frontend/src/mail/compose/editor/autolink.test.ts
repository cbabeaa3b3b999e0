import { Fragment, Slice } from "prosemirror-model";
import { expect, test } from "vitest";
import { addressesIn, onlyAddress, withLinks } from "./autolink";
import { schema } from "./schema";

test.each([
  ["see https://example.org/x.", ["https://example.org/x"]],
  ["(at https://example.org/a_(b))", ["https://example.org/a_(b)"]],
  ["(https://example.org)", ["https://example.org"]],
  [
    "www.example.org/a, and http://b.example?x=1&y=2!",
    ["https://www.example.org/a", "http://b.example?x=1&y=2"],
  ],
  ["https:// and www. and https://nodots and mail@www", []],
])("%s holds %j", (text, expected) => expect(addressesIn(text).map(({ href }) => href)).toEqual(expected));

test("pasted addresses become links, links and code stay what they are", () => {
  const link = (href: string) => schema.mark("link", { href });
  const content = Fragment.from([
    schema.node("line", null, [
      schema.text("See https://example.org/x. ", [schema.mark("strong")]),
      schema.text("https://a.example", [link("https://b.example")]),
    ]),
    schema.node("code_block", null, [schema.text("https://example.org")]),
  ]);
  const [line, code] = withLinks(new Slice(content, 1, 1)).content.content;

  expect(line?.toJSON().content).toEqual([
    { type: "text", text: "See ", marks: [{ type: "strong" }] },
    {
      type: "text",
      text: "https://example.org/x",
      marks: [{ type: "link", attrs: { href: "https://example.org/x" } }, { type: "strong" }],
    },
    { type: "text", text: ". ", marks: [{ type: "strong" }] },
    {
      type: "text",
      text: "https://a.example",
      marks: [{ type: "link", attrs: { href: "https://b.example" } }],
    },
  ]);
  expect(code?.firstChild?.marks).toEqual([]);
});

test("an address alone is told from text with one in it", () => {
  expect(onlyAddress(" https://example.org/x \n")).toBe("https://example.org/x");
  expect(onlyAddress("see https://example.org/x")).toBeNull();
  expect(onlyAddress("https://a.example https://b.example")).toBeNull();
});
