import { expect, test } from "vitest";
import { filtersOf, queuePath } from "./filters";

test("filters are found again in the address", () => {
  const filters = { search: "north wing & more", domain: "north.example", state: "HELD" } as const;

  expect(filtersOf(queuePath(filters).slice("queue".length))).toEqual(filters);
  expect(queuePath(filtersOf(""))).toBe("queue");
  expect(filtersOf("?state=LOST&q=x")).toEqual({ search: "x", domain: "", state: undefined });
});
