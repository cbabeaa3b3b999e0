import { expect, test } from "vitest";
import { readTargets } from "./targets";

test("targets are read from lines and commas, bare names belong to the domain, each stands once", () => {
  expect(readTargets(" maren\nsofia@example.net, MAREN@example.org;\n\n", "example.org")).toEqual([
    "maren@example.org",
    "sofia@example.net",
  ]);
  expect(readTargets(" \n", "example.org")).toEqual([]);
});
