import { describe, expect, test } from "vitest";
import type { Row } from "../store/types";
import { areOpen, foldable, inOrder, MOST_OPEN, nextToChange, openedAtFirst } from "./conversation";

const row = (id: number, isSeen = true) =>
  ({ id: String(id), receivedAt: `2026-11-${String(id).padStart(2, "0")}T09:00:00Z`, isSeen }) as Row;
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

describe("a conversation", () => {
  test("is read from the oldest to the newest, or the other way around", () => {
    const others = [row(4), row(1), row(2)];
    expect(ids(inOrder(row(3), others, "newest-last"))).toEqual(["1", "2", "3", "4"]);
    expect(ids(inOrder(row(3), others, "newest-first"))).toEqual(["4", "3", "2", "1"]);
  });

  test("has each message once", () => {
    expect(ids(inOrder(row(1), [row(1), row(2)], "newest-last"))).toEqual(["1", "2"]);
  });

  test("opens what was opened and the newest of what has not been read", () => {
    const others = [1, 2, 3, 4, 5, 6, 7].map((id) => row(id, id === 1));
    expect([...openedAtFirst(row(9), others)]).toEqual(["9", "3", "4", "5", "6", "7"]);
  });

  test.each(["newest-last", "newest-first"] as const)("folds older messages away, %s", (order) => {
    const rows = inOrder(row(4), [row(1), row(2), row(3), row(5)], order);
    expect(foldable(rows, "4", new Set(["4"]), order)).toEqual(new Set(["1", "2", "3"]));
    expect(foldable(rows, "4", new Set(["4", "2"]), order)).toEqual(new Set());
  });

  test("is opened and folded a few messages at a time, of very many the newest", () => {
    const rows = Array.from({ length: 200 }, (_, at) => ({
      ...row(at),
      receivedAt: new Date(1_700_000_000_000 + at * 60_000).toISOString(),
    }));
    const opened = new Set(["100"]);
    const atOnce: number[] = [];
    while (!areOpen(rows, "100", opened)) {
      const next = nextToChange("open", rows, "100", opened);
      atOnce.push(next.length);
      for (const id of next) opened.add(id);
    }
    expect(opened.size).toBe(MOST_OPEN);
    expect(opened.has("199") && !opened.has("140")).toBe(true);
    expect(Math.max(...atOnce)).toBeLessThan(10);

    for (let next = [""]; next.length > 0; ) {
      next = nextToChange("folded", rows, "100", opened);
      for (const id of next) opened.delete(id);
    }
    expect([...opened]).toEqual(["100"]);
  });
});
