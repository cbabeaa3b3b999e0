import { expect, test } from "vitest";
import { lettersOf, levelOf, rightsOf, toggled } from "./levels";

test("a level is its rights and back", () => {
  for (const level of ["read", "write", "manage"] as const) expect(levelOf(rightsOf(level))).toBe(level);
  expect(lettersOf(rightsOf("manage"))).toBe("lrswipkxtea");
  expect(rightsOf("read")).toEqual(["LOOKUP", "READ", "SEEN"]);
});

test("a choice of one's own is no level", () => {
  const rights = toggled(rightsOf("read"), "INSERT", true);
  expect(lettersOf(rights)).toBe("lrsi");
  expect(levelOf(rights)).toBeUndefined();
  expect(levelOf(toggled(rights, "INSERT", false))).toBe("read");
  expect(levelOf([])).toBeUndefined();
});

test("the order of the server does not matter", () => {
  expect(levelOf(["SEEN", "READ", "LOOKUP"])).toBe("read");
});
