import { Fragment } from "prosemirror-model";
import { expect, test } from "vitest";
import { LONGEST } from "../longLines";
import { schema } from "./schema";
import { withShortBlocks } from "./shortBlocks";

const line = (text: string) => schema.node("line", null, [schema.text(text)]);

test("a line of a million letters becomes lines that can be written in, and no letter is lost", () => {
  const text = "word ".repeat(200_000);
  const parts = withShortBlocks(Fragment.from(line(text)));

  expect(parts.childCount).toBe(50);
  expect(parts.textBetween(0, parts.size)).toBe(text);
  parts.forEach((part) => {
    expect(part.content.size).toBeLessThanOrEqual(LONGEST);
    expect(part.textContent.endsWith(" ")).toBe(true);
  });
});

test("without spaces it is parted all the same, also in lists, and marks stay", () => {
  const bold = schema.node("line", null, [schema.text("x".repeat(LONGEST + 1), [schema.mark("strong")])]);
  const list = schema.node("bullet_list", null, [schema.node("list_item", null, [bold])]);
  const item = withShortBlocks(Fragment.from(list)).firstChild?.firstChild;

  expect(item?.childCount).toBe(2);
  expect(item?.lastChild?.textContent).toBe("x");
  expect(item?.lastChild?.firstChild?.marks.map((mark) => mark.type.name)).toEqual(["strong"]);
});

test("what is short stays the same object", () => {
  const content = Fragment.from([line("a"), line("b".repeat(LONGEST))]);
  expect(withShortBlocks(content)).toBe(content);
});
