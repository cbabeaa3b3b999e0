import { expect, test } from "vitest";
import { readTargets } from "./targets";

test("addresses stand on lines or between commas, each once", () => {
  expect(readTargets("a@x.test\n b@x.test, A@X.test;\n\n")).toEqual(["a@x.test", "b@x.test"]);
  expect(readTargets(" \n")).toEqual([]);
});
