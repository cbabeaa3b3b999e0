// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { adaptColour, adaptHtml, adaptValue } from "./adaptColours";

/** Relative luminance (WCAG 2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = (hex.slice(1).match(/../g) ?? []).map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(text: string, ground: string): number {
  const [high = 0, low = 0] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe("colours in the dark", () => {
  test("white paper becomes the sheet of the page, black ink becomes light", () => {
    expect(adaptColour("#ffffff", "ground")).toBe("#151d20");
    expect(luminance(adaptColour("#000", "text") ?? "")).toBeGreaterThan(0.75);
  });

  test("what was dark on purpose stays, and so does light text", () => {
    expect(adaptColour("#0b1f3a", "ground")).toBe("#0b1f3a");
    expect(adaptColour("#ffffff", "text")).toBe("#ffffff");
  });

  test.each([
    ["#000000", "#ffffff"],
    ["#333333", "#f4f4f4"],
    ["#666666", "#ffffff"],
    ["#1a0dab", "#ffffff"],
    ["#cc0000", "#ffffff"],
    ["#0b6b61", "#eef6f5"],
    ["#ffffff", "#0b6b61"],
    ["#ffffff", "#d9480f"],
    ["#5c4a00", "#fff3bf"],
    ["#ffffff", "#111111"],
  ])("text %s on %s can be read as well as before", (text, ground) => {
    const after = contrast(adaptColour(text, "text") ?? "", adaptColour(ground, "ground") ?? "");
    expect(after).toBeGreaterThanOrEqual(Math.min(4.5, contrast(text, ground)));
  });

  test("addresses and words that are no colours stay as they are", () => {
    const value = 'url("/files/1/2?red") no-repeat, linear-gradient(90deg, #fff, rgba(0, 0, 0, 0.5))';
    const next = adaptValue(value, "ground");
    expect(next).toContain('url("/files/1/2?red") no-repeat');
    expect(next).toContain("linear-gradient(90deg, #151d20");
    expect(adaptValue("transparent", "ground")).toBe("transparent");
  });

  test("styles and old attributes of a message are mapped, its text and links are not touched", () => {
    const html = adaptHtml(
      '<div class="m-body"><table bgcolor="ffffff"><tbody><tr><td style="color:#000;padding:4px">Hi <a href="https://x.example/#fff">#fff</a></td></tr></tbody></table></div>',
    );
    expect(html).toContain('bgcolor="#151d20"');
    expect(html).toContain('href="https://x.example/#fff">#fff</a>');
    expect(html).toContain("padding: 4px");
    expect(html).not.toContain("rgb(0, 0, 0)");
  });
});
