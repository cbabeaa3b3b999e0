import { describe, expect, test } from "vitest";
import { boxHeight, contentTop, MAX_HEIGHT, offsetOf, rangeAt, ringSize, scrollToShow } from "./window";

const small = { total: 1000, row: 68, viewport: 680 };
const huge = { total: 1_000_000, row: 68, viewport: 680 };

describe("rangeAt", () => {
  test("covers the viewport and some rows more on both sides", () => {
    expect(rangeAt(0, small)).toEqual({ from: 0, to: 16 });
    expect(rangeAt(6800, small)).toEqual({ from: 94, to: 116 });
  });

  test("ends with the list", () => {
    expect(rangeAt(1000 * 68 - 680, small)).toEqual({ from: 984, to: 1000 });
    expect(rangeAt(0, { ...small, total: 0 })).toEqual({ from: 0, to: 0 });
    expect(rangeAt(-50, small).from).toBe(0);
  });
});

describe("a list taller than a box can be", () => {
  test("is scaled so that the end of the box is the end of the list", () => {
    expect(boxHeight(huge)).toBe(MAX_HEIGHT);
    const end = MAX_HEIGHT - huge.viewport;
    expect(rangeAt(end, huge).to).toBe(1_000_000);
    expect(contentTop(end, huge)).toBeCloseTo(68_000_000 - 680, 0);
  });

  test("the last row stands at the foot of the box", () => {
    const end = MAX_HEIGHT - huge.viewport;
    expect(offsetOf(999_999, end, huge)).toBeCloseTo(MAX_HEIGHT - 68, 0);
  });
});

describe("scrollToShow", () => {
  test("moves no further than needed", () => {
    expect(scrollToShow(5, 0, small)).toBeNull();
    expect(scrollToShow(10, 0, small)).toBe(68);
    expect(scrollToShow(3, 680, small)).toBe(204);
  });
});

test("the ring has room for every row that can be drawn at once", () => {
  expect(ringSize(small)).toBe(64);
  expect(ringSize({ total: 10, row: 36, viewport: 4000 })).toBe(128);
});
