import { expect, test } from "vitest";
import { placeOf } from "./place";

test.each([
  ["", { page: "home" }],
  ["overview", { page: "overview" }],
  ["domains", { page: "domains" }],
  ["domains/12", { page: "domain", id: "12", tab: "users" }],
  ["domains/12/limits", { page: "domain", id: "12", tab: "limits" }],
  ["domains/12/users/34", { page: "user", domainId: "12", id: "34" }],
  ["limits", { page: "limits" }],
  ["audit", { page: "audit" }],
  ["gateways", { page: "gateways" }],
  ["suppression", { page: "suppression" }],
  ["domains/12/routing", { page: "domain", id: "12", tab: "routing" }],
  ["domains/12/tls", { page: "domain", id: "12", tab: "tls" }],
  ["domains/12/suppression", { page: "domain", id: "12", tab: "suppression" }],
  ["queue", { page: "queue" }],
  ["queue/destinations", { page: "destinations" }],
  ["queue/refused", { page: "refused" }],
  ["queue/12", { page: "queued", id: "12" }],
  ["queue/12/x", { page: "unknown" }],
  ["queue/x", { page: "unknown" }],
  ["domains/abc", { page: "unknown" }],
  ["domains/12/other", { page: "unknown" }],
  ["domains/12/limits/34", { page: "unknown" }],
  ["domains/12/users/34/x", { page: "unknown" }],
  ["spool", { page: "unknown" }],
])("/admin/%s", (path, place) => expect(placeOf(path)).toEqual(place));

test("a mailing list has an address of its own, and each of its parts", () => {
  const list = { page: "list", domainId: "12", id: "7" };
  expect(placeOf("domains/12/lists")).toEqual({ page: "domain", id: "12", tab: "lists" });
  expect(placeOf("domains/12/lists/7")).toEqual({ ...list, part: undefined });
  expect(placeOf("domains/12/lists/7/members")).toEqual({ ...list, part: "members" });
  for (const path of ["domains/12/lists/7/nowhere", "domains/12/lists/x", "domains/12/lists/7/members/1"])
    expect(placeOf(path)).toEqual({ page: "unknown" });
});
