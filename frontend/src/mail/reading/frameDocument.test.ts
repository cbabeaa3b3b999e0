import { describe, expect, test } from "vitest";
import { frameDocument, hasOwnColours, isAdapted } from "./frameDocument";

const light = { isDark: false, isOriginal: false, isDarkFriendly: false };
const dark = { ...light, isDark: true };

describe("frameDocument", () => {
  test("forbids everything but pictures of our own origin and styles", () => {
    const text = frameDocument("<p>Hello</p>", light);

    expect(text).toContain("default-src 'none'; img-src 'self' data: blob:; style-src 'unsafe-inline'");
    expect(text).toContain('<base target="_blank">');
    expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf("<p>Hello</p>"));
  });

  test("keeps white paper where the original is asked for", () => {
    expect(frameDocument("", { ...dark, isOriginal: true })).toContain("background: #fff");
    expect(frameDocument("", dark)).not.toContain("background: #fff");
  });
});

test("colours are adapted in the dark, unless the message has its own or the original is asked for", () => {
  expect(isAdapted(dark)).toBe(true);
  expect(isAdapted(light)).toBe(false);
  expect(isAdapted({ ...dark, isDarkFriendly: true })).toBe(false);
  expect(isAdapted({ ...dark, isOriginal: true })).toBe(false);
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
