import { expect, test } from "vitest";
import { draftOf, inputOf } from "./routeDraft";

const route = { domainId: "1", host: "in.test", port: 2525, tls: "VERIFIED", accepts: "LISTED" } as const;

test("a route comes back as it was", () => {
  const { domainId: _, ...input } = route;
  expect(inputOf(draftOf(route))).toEqual(input);
});

test("a backup has no host", () => {
  expect(draftOf({ ...route, host: "" }).to).toBe("mx");
  expect(inputOf({ ...draftOf(route), to: "mx" })).toEqual({ host: "", accepts: "LISTED" });
});

test("a backup asks nobody", () => {
  const draft = draftOf({ ...route, accepts: "ASKED" });
  expect(inputOf(draft)).toMatchObject({ accepts: "ASKED" });
  expect(inputOf({ ...draft, to: "mx" })).toEqual({ host: "", accepts: "ANY" });
});

test("what is missing or no number is left to the server to refuse", () => {
  expect(inputOf({ ...draftOf(undefined), host: " ", port: "x" })).toMatchObject({ host: ".", port: -1 });
});
