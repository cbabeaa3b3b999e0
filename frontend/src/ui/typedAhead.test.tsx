// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../../fake/render";
import { PickList } from "./PickList";
import { hearChords, TypingAhead, takeTyped } from "./typedAhead";

const items = ["Archive", "Answer", "Settings"].map((label) => ({ id: label.toLowerCase(), label }));

afterEach(() => void takeTyped());

function press(...keys: string[]) {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
}

function Opening({ isThere, onPick }: { isThere: boolean; onPick: (id: string) => void }) {
  if (!isThere) return <TypingAhead onEscape={() => onPick("none")} />;
  return <PickList label="Commands" placeholder="" items={items} empty="" onPick={onPick} />;
}

test("what is typed before the field is there stands in it, and no shortcut hears it", () => {
  const onShortcut = vi.fn();
  document.addEventListener("keydown", onShortcut);
  const { rerender } = show(<Opening isThere={false} onPick={vi.fn()} />);

  press("s", "x", "Backspace", "e", "#");
  press("Backspace");
  rerender(<Opening isThere onPick={vi.fn()} />);

  expect(screen.getByRole("combobox")).toHaveProperty("value", "se");
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["Settings"]);
  expect(onShortcut).not.toHaveBeenCalled();
  press("e");
  expect(onShortcut).toHaveBeenCalledOnce();
  document.removeEventListener("keydown", onShortcut);
});

test("Enter picks the first that was typed for, Escape gives it up", () => {
  const onPick = vi.fn();
  const { rerender } = show(<Opening isThere={false} onPick={onPick} />);
  press("a", "n", "Enter");
  rerender(<Opening isThere onPick={onPick} />);
  expect(onPick.mock.calls).toEqual([["answer", "an"]]);

  rerender(<Opening isThere={false} onPick={onPick} />);
  press("a", "Escape");
  expect(onPick).toHaveBeenLastCalledWith("none");
  expect(takeTyped().text).toBe("");
});

test("a chord is given to who hears chords, and to nobody else", () => {
  const onShortcut = vi.fn();
  const heard = vi.fn((event: KeyboardEvent) => event.preventDefault());
  hearChords(heard);
  document.addEventListener("keydown", onShortcut);
  show(<Opening isThere={false} onPick={vi.fn()} />);

  const isLeftToBrowser = fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });

  expect(heard).toHaveBeenCalledOnce();
  expect(isLeftToBrowser).toBe(false);
  expect(onShortcut).not.toHaveBeenCalled();
  document.removeEventListener("keydown", onShortcut);
});

test("for a text Enter ends a line", () => {
  const { unmount } = show(<TypingAhead isText onEscape={vi.fn()} />);
  press("a", "Enter", "b", "Tab", "c");
  unmount();
  expect(takeTyped()).toEqual({ text: "a\nb\nc", isEntered: false });
});
