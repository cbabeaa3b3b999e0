import { expect, test, vi } from "vitest";
import { applyTo } from "./applying";

const request = vi.hoisted(() => vi.fn());
vi.mock("@/api", async (original) => ({ ...(await original<object>()), request }));

test("what was done before the server refused to go on can be taken back", async () => {
  const step = { lookedAt: 500, matched: 3, next: "1.2", moved: [], marked: [], copied: [] };
  request.mockResolvedValueOnce({ step }).mockRejectedValueOnce(new Error("The mailbox is full"));
  const seen: number[] = [];

  const done = await applyTo("7", "1", ({ matched }) => seen.push(matched), new AbortController().signal);

  expect(done).toEqual({ lookedAt: 500, matched: 3, steps: [step], problem: "The mailbox is full" });
  expect(seen).toEqual([3]);
});
