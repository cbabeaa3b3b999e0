import { describe, expect, test } from "vitest";
import { reachOf } from "./swipe";

describe("reachOf", () => {
  test.each([
    [-20, "start-none"],
    [-100, "start-short"],
    [-250, "start-long"],
    [20, "end-none"],
    [100, "end-short"],
    [250, "end-long"],
  ])("%i px of 400", (dx, reach) => {
    expect(reachOf(dx, 400, false)).toBe(reach);
  });

  test("turns around where lines begin on the right", () => {
    expect(reachOf(-100, 400, true)).toBe("end-short");
  });
});
