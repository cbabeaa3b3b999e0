// @vitest-environment jsdom
import { expect, test } from "vitest";
import { byAddress } from "./shownPictures";

const held =
  '<img src="/files/7/1.2?inline=1"><img data-blocked-src="https://x.example/a.png?b=1&amp;c=2"><p>src="/img/7/9"</p>' +
  '<img data-blocked-src="https://x.example/d.png">';

test("each picture is had from our server where its reader sees it", () => {
  const shown =
    '<img src="/files/7/1.2?inline=1"><img src="/img/7/0"><p>src="/img/7/9"</p><img src="/img/7/1">';

  expect([...byAddress(held, shown)]).toEqual([
    ["https://x.example/a.png?b=1&c=2", "/img/7/0"],
    ["https://x.example/d.png", "/img/7/1"],
  ]);
});

test("what is held back stays so", () => {
  expect(byAddress(held, held).size).toBe(0);
});
