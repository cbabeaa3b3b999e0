// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { expectAccessible, show } from "../../../fake/render";
import { RecipientField } from "./RecipientField";
import type { Person } from "./types";

vi.mock("./useSuggestions", () => ({
  useSuggestions: (text: string) => ({
    people: text === "so" ? [{ name: "Sofia Rossi", address: "sofia@example.net" }] : [],
    hide: vi.fn(),
  }),
}));

function To({ onChange }: { onChange: (people: Person[]) => void }) {
  const [people, setPeople] = useState<Person[]>([]);
  return (
    <RecipientField
      kind="to"
      label="To"
      people={people}
      onChange={(next) => {
        setPeople(next);
        onChange(next);
      }}
    />
  );
}

test("a suggestion is taken with Enter, an address with a comma, a wrong one is marked", async () => {
  const onChange = vi.fn();
  const { container } = show(<To onChange={onChange} />);
  const input = screen.getByRole("combobox", { name: "To" });

  fireEvent.change(input, { target: { value: "so" } });
  expect(screen.getByRole("option", { name: /Sofia Rossi/ }).getAttribute("aria-selected")).toBe("true");
  fireEvent.keyDown(input, { key: "Enter" });
  fireEvent.change(input, { target: { value: "amara@example.org" } });
  fireEvent.keyDown(input, { key: "," });
  fireEvent.change(input, { target: { value: "nobody" } });
  fireEvent.blur(input);

  expect(onChange).toHaveBeenLastCalledWith([
    { name: "Sofia Rossi", address: "sofia@example.net" },
    { name: "", address: "amara@example.org" },
    { name: "", address: "nobody" },
  ]);
  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(
    screen.getByRole("button", { name: "nobody is not an address. Enter to change, Delete to remove" }),
  ).toBeTruthy();
  await expectAccessible(container);
});

test("Backspace in the empty field goes to the last chip, and removes it", () => {
  const onChange = vi.fn();
  show(<To onChange={onChange} />);
  const input = screen.getByRole("combobox", { name: "To" });
  fireEvent.paste(input, { clipboardData: { getData: () => "a@example.org, b@example.org" } });

  fireEvent.keyDown(input, { key: "Backspace" });
  const chip = screen.getByRole("button", {
    name: "b@example.org, b@example.org. Enter to change, Delete to remove",
  });
  expect(document.activeElement).toBe(chip);
  fireEvent.keyDown(chip, { key: "Backspace" });

  expect(onChange).toHaveBeenLastCalledWith([{ name: "", address: "a@example.org" }]);
});

test("what is no address says why, is made text again by a press, and undo brings all back", () => {
  const onChange = vi.fn();
  show(<To onChange={onChange} />);
  const input = screen.getByRole("combobox", { name: "To" }) as HTMLInputElement;
  const many = Array.from({ length: 12 }, (_, index) => `p${index}@example.org`).join(";");
  fireEvent.paste(input, { clipboardData: { getData: () => `${many};Nobody;x@;` } });

  expect(screen.getByRole("status").textContent).toBe(
    "14 recipients“Nobody” has no @. (and 1 more)Correct it",
  );
  fireEvent.click(screen.getByRole("button", { name: "Correct it" }));
  expect(input.value).toBe("Nobody");
  expect(onChange.mock.lastCall?.[0]).toHaveLength(13);
  fireEvent.change(input, { target: { value: "" } });
  fireEvent.keyDown(input, { key: "z", ctrlKey: true });
  expect(onChange.mock.lastCall?.[0]).toHaveLength(14);
  fireEvent.keyDown(input, { key: "z", ctrlKey: true });
  expect(onChange).toHaveBeenLastCalledWith([]);
});
