import { expect, test } from "vitest";
import { shownTab } from "./shownTab";

test("a part that is shown is the one asked for", () => {
  expect(shownTab("limits", ["users", "aliases", "limits", "dns"])).toBe("limits");
});

test("a part the viewer may not see gives way to the first that is shown", () => {
  expect(shownTab("users", ["dns"])).toBe("dns");
  expect(shownTab("limits", ["users", "aliases", "dns"])).toBe("users");
});
