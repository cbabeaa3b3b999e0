import { describe, expect, test } from "vitest";
import { frameDocument, hasOwnColours } from "./frameDocument";

const light = { isDark: false, isOriginal: false, isDarkFriendly: false };

describe("frameDocument", () => {
  test("forbids everything but pictures of our own origin and styles", () => {
    const text = frameDocument("<p>Hello</p>", light);

    expect(text).toContain("default-src 'none'; img-src 'self' data: blob:; style-src 'unsafe-inline'");
    expect(text).toContain('<base target="_blank">');
    expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf("<p>Hello</p>"));
  });

  test("turns colours over in the dark, unless the message has its own or the original is asked for", () => {
    const dark = { ...light, isDark: true };

    expect(frameDocument("", dark)).toContain("filter: invert(0.91)");
    expect(frameDocument("", { ...dark, isDarkFriendly: true })).not.toContain("invert(0.91)");
    expect(frameDocument("", { ...dark, isOriginal: true })).not.toContain("invert(0.91)");
    expect(frameDocument("", light)).not.toContain("invert(0.91)");
  });
});

test.each([
  ["<p>Hello</p>", false],
  ['<p style="margin:0">The color of money</p>', false],
  ['<p style="color:#222">Hello</p>', true],
  ['<table bgcolor="#fff"></table>', true],
  ["<style>p{color:red}</style>", true],
])("%s has colours of its own: %s", (html, expected) => {
  expect(hasOwnColours(html)).toBe(expected);
});
