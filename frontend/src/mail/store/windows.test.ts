import { describe, expect, test } from "vitest";
import { randomOf } from "../../../fake/random";
import { Windows } from "./windows";

/** Every known id stands where the plain array has it. */
function expectAgrees(windows: Windows, model: readonly string[]) {
  expect(windows.total).toBe(model.length);
  for (const [index, id] of windows.known()) expect(id).toBe(model[index]);
}

describe("Windows", () => {
  test("knows nothing of a part that was not filled", () => {
    const windows = new Windows();
    windows.reset(100);
    windows.fill(20, ["a", "b", "c"]);

    expect(windows.get(19)).toBeUndefined();
    expect(windows.get(20)).toBe("a");
    expect(windows.get(23)).toBeUndefined();
    expect(windows.has(20, 23)).toBe(true);
    expect(windows.has(20, 24)).toBe(false);
    expect(windows.indexOf("c")).toBe(22);
    expect(windows.indexOf("z")).toBe(-1);
  });

  test("removing known ids closes the gap and moves later windows", () => {
    const windows = new Windows();
    windows.reset(100);
    windows.fill(0, ["a", "b", "c"]);
    windows.fill(50, ["x", "y"]);

    expect(windows.remove(new Set(["b"]))).toEqual([1]);

    expect(windows.total).toBe(99);
    expect(windows.get(1)).toBe("c");
    expect(windows.get(49)).toBe("x");
  });

  test("an id removed from an unknown part makes only the head sure", () => {
    const windows = new Windows();
    windows.reset(100);
    windows.fill(0, ["a", "b"]);
    windows.fill(50, ["x"]);

    windows.remove(new Set(), 1);

    expect(windows.total).toBe(99);
    expect(windows.get(1)).toBe("b");
    expect(windows.indexOf("x")).toBe(-1);
  });

  test("a filled id that stood elsewhere is forgotten there", () => {
    const windows = new Windows();
    windows.reset(10);
    windows.fill(0, ["a", "b", "c"]);
    windows.fill(5, ["b"]);

    expect(windows.get(1)).toBeUndefined();
    expect(windows.get(0)).toBe("a");
    expect(windows.get(2)).toBe("c");
    expect(windows.indexOf("b")).toBe(5);
  });

  test.each([1, 2, 3, 4, 5, 6])("agrees with a plain array over a random sequence (%i)", (seed) => {
    const random = randomOf(seed);
    const model = Array.from({ length: 200 }, (_, at) => `m${at}`);
    const windows = new Windows();
    windows.reset(model.length);
    let next = model.length;
    for (let step = 0; step < 400; step += 1) {
      const kind = random(4);
      if (kind === 0) {
        const offset = random(model.length);
        windows.fill(offset, model.slice(offset, offset + 1 + random(30)));
      } else if (kind === 1) {
        const index = random(model.length + 1);
        model.splice(index, 0, `m${next}`);
        windows.insert(index, `m${next}`);
        next += 1;
      } else if (model.length > 20) {
        const ids = new Set(Array.from({ length: 1 + random(3) }, () => model[random(model.length)] ?? ""));
        const unlocated = [...ids].filter((id) => windows.indexOf(id) < 0).length;
        const expected = [...ids].map((id) => model.indexOf(id)).sort((a, b) => a - b);
        const indexes = windows.remove(ids, unlocated);
        if (unlocated === 0) expect(indexes).toEqual(expected);
        for (const id of ids) model.splice(model.indexOf(id), 1);
      }
      expectAgrees(windows, model);
    }
  });
});
