import { beforeEach, expect, test, vi } from "vitest";

const { keep, values } = vi.hoisted(() => {
  const values: Record<string, unknown> = {};
  return { values, keep: vi.fn((name: string, value: unknown) => Object.assign(values, { [name]: value })) };
});
vi.mock("@/app", () => ({ keep, kept: () => values }));

import { noteFolder, recentFolders } from "./recentFolders";

beforeEach(() => {
  keep.mockClear();
  delete values.recentFolders;
});

test("the last five folders are kept, the latest first and each once", () => {
  for (const id of ["1", "2", "3", "2", "4", "5", "6"]) noteFolder(id);

  expect(recentFolders(values)).toEqual(["6", "5", "4", "2", "3"]);
});

test("what is first already is not sent again", () => {
  noteFolder("1");
  noteFolder("1");

  expect(keep).toHaveBeenCalledTimes(1);
});

test("nonsense in the storage is nothing", () => {
  expect(recentFolders({ recentFolders: "x" })).toEqual([]);
  expect(recentFolders({ recentFolders: [1, "2"] })).toEqual(["2"]);
});
