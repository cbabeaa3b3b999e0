import { beforeEach, describe, expect, test } from "vitest";
import { selection } from "./selection";

function list(...ids: string[]) {
  return { idAt: (index: number) => ids[index], indexOf: (id: string) => ids.indexOf(id) };
}
const chosen = () => [...selection.get().ids].sort();

beforeEach(() => selection.reset());

describe("a range", () => {
  test("gets shorter again when one goes back, and keeps what was selected before it", () => {
    const rows = list("a", "b", "c", "d", "e", "f");
    selection.toggle("f", 5);
    selection.toggle("a", 0);
    selection.extend(3, rows);
    expect(chosen()).toEqual(["a", "b", "c", "d", "f"]);

    selection.extend(1, rows);

    expect(chosen()).toEqual(["a", "b", "f"]);
  });

  test("begins at its row, wherever new mail has moved that", () => {
    selection.toggle("a", 0);

    selection.extend(3, list("new", "a", "b", "c"));

    expect(chosen()).toEqual(["a", "b", "c"]);
  });

  test("begins where the keyboard stands", () => {
    const rows = list("a", "b", "c", "d");
    selection.walkTo("b", 1);
    selection.extend(2, rows);
    selection.extend(3, rows);
    expect(chosen()).toEqual(["b", "c", "d"]);
  });

  test("does not bring back what has left the list", () => {
    const rows = list("a", "b", "c", "d");
    selection.toggle("a", 0);
    selection.toggle("b", 1);
    selection.extend(3, rows);

    selection.drop(["a"]);
    selection.extend(2, list("b", "c", "d"));

    expect(chosen()).toEqual(["b", "c", "d"]);
  });
});
