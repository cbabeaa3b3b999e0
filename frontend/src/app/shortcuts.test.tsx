// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { show } from "../../fake/render";
import { resetKeymap } from "./keymap";
import { type Command, startShortcuts, useAllCommands, useCommands, useKeys } from "./shortcuts";

function Page({ commands }: { commands: Command[] }) {
  useCommands(commands);
  return <input aria-label="field" />;
}

function Count() {
  return <output>{useAllCommands().length}</output>;
}

function Key({ id }: { id: string }) {
  return <output>{useKeys().shown(id) ?? "none"}</output>;
}

beforeAll(() => startShortcuts());
beforeEach(() => act(() => resetKeymap()));

test("a key runs the newest command of its name, with its latest closure", () => {
  const first = vi.fn();
  const second = vi.fn();
  const { rerender } = show(<Page commands={[{ id: "a", keys: ["e"], run: first }]} />);
  rerender(<Page commands={[{ id: "a", keys: ["e"], run: second }]} />);

  fireEvent.keyDown(document.body, { key: "e" });

  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledTimes(1);
});

test("keys typed into a field are text, unless a modifier is held", () => {
  const run = vi.fn();
  show(<Page commands={[{ id: "a", keys: ["e", "Mod+e"], run }]} />);
  const field = screen.getByLabelText("field");

  fireEvent.keyDown(field, { key: "e" });
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: "e", ctrlKey: true });

  expect(run).toHaveBeenCalledTimes(1);
});

test("Enter on a button or a link presses it, and runs no command", () => {
  const run = vi.fn();
  show(<Page commands={[{ id: "open", keys: ["Enter"], run }]} />);
  show(<a href="/mail/drafts">Drafts</a>);
  show(<button type="button">Write</button>);

  expect(fireEvent.keyDown(screen.getByRole("link"), { key: "Enter" })).toBe(true);
  expect(fireEvent.keyDown(screen.getByRole("button"), { key: "Enter" })).toBe(true);
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "Enter" });

  expect(run).toHaveBeenCalledTimes(1);
});

test("a sequence of two keys runs its command and not the second key's own", () => {
  const go = vi.fn();
  const other = vi.fn();
  show(
    <Page
      commands={[
        { id: "go", keys: ["g i"], run: go },
        { id: "i", keys: ["i"], run: other },
      ]}
    />,
  );

  fireEvent.keyDown(document.body, { key: "g" });
  fireEvent.keyDown(document.body, { key: "i" });

  expect(go).toHaveBeenCalledTimes(1);
  expect(other).not.toHaveBeenCalled();
});

test("the second key of a sequence that leads nowhere runs nothing, and begins another or is heard again after", () => {
  const undo = vi.fn();
  const go = vi.fn();
  show(
    <Page
      commands={[
        { id: "undo", keys: ["z", "Mod+z"], run: undo },
        { id: "go", keys: ["g i"], run: go },
      ]}
    />,
  );
  const press = (keys: string) => {
    for (const key of keys) fireEvent.keyDown(document.body, { key });
  };

  press("gz");
  expect(undo).not.toHaveBeenCalled();
  press("z");
  expect(undo).toHaveBeenCalledTimes(1);
  press("g");
  fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  expect(undo).toHaveBeenCalledTimes(2);
  press("ggi");
  expect(go).toHaveBeenCalledTimes(1);
});

test("single keys can be turned off; commands that are not enabled are not heard", () => {
  const run = vi.fn();
  show(<Page commands={[{ id: "a", keys: ["e"], run }]} />);
  resetKeymap({ isOn: false, keys: {} });
  fireEvent.keyDown(document.body, { key: "e" });
  expect(run).not.toHaveBeenCalled();

  resetKeymap();
  show(<Page commands={[{ id: "b", keys: ["e"], run, isEnabled: false }]} />);
  fireEvent.keyDown(document.body, { key: "e" });
  expect(run).toHaveBeenCalledTimes(1);
});

test("commands leave with their page", () => {
  show(<Count />);
  const { unmount } = show(<Page commands={[{ id: "a", keys: ["e"], run: () => undefined }]} />);
  expect(screen.getByRole("status").textContent).toBe("1");

  unmount();
  expect(screen.getByRole("status").textContent).toBe("0");
});

test("a command is heard under its own keys, and no longer under the standard ones", () => {
  const run = vi.fn();
  show(<Page commands={[{ id: "a", keys: ["e"], run }]} />);
  act(() => resetKeymap({ isOn: true, keys: { a: ["y"] } }));

  fireEvent.keyDown(document.body, { key: "e" });
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "y" });
  expect(run).toHaveBeenCalledTimes(1);
});

test("the key that is shown is the one in force", () => {
  show(
    <>
      <Page commands={[{ id: "archive", keys: ["e", "Mod+e"], run: vi.fn() }]} />
      <Key id="archive" />
    </>,
  );
  expect(screen.getByRole("status").textContent).toBe("e");

  act(() => resetKeymap({ isOn: true, keys: { archive: ["Shift+y"] } }));
  expect(screen.getByRole("status").textContent).toBe("Shift+Y");

  act(() => resetKeymap({ isOn: false, keys: {} }));
  expect(screen.getByRole("status").textContent).toBe("Ctrl+E");

  act(() => resetKeymap({ isOn: false, keys: { archive: ["y"] } }));
  expect(screen.getByRole("status").textContent).toBe("none");
});
