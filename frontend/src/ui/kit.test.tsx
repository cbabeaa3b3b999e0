// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { expectAccessible, show } from "../../fake/render";
import {
  Avatar,
  Button,
  Checkbox,
  Empty,
  Field,
  IconButton,
  Inherit,
  ProgressBar,
  SaveBar,
  Select,
  State,
  Switch,
  Table,
  Tabs,
  Tag,
  TextArea,
} from ".";
import { filterItems } from "./PickList";

function Limit({ onChange }: { onChange: (value: string | null) => void }) {
  const [value, setValue] = useState<string | null>(null);
  return (
    <Inherit
      label="Messages per hour"
      value={value}
      inherited={{ value: "500", from: "System default" }}
      onChange={(next) => {
        setValue(next);
        onChange(next);
      }}
    />
  );
}

function Views() {
  const [selected, setSelected] = useState("one");
  const tabs = [
    { id: "one", label: "One", content: "first" },
    { id: "two", label: "Two", content: "second" },
  ];
  return <Tabs label="Views" tabs={tabs} selected={selected} onSelect={setSelected} />;
}

describe("Button", () => {
  test("ignores presses while it is pending", () => {
    const onClick = vi.fn();
    const { rerender } = show(<Button onClick={onClick}>Save</Button>);
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    rerender(
      <Button pending onClick={onClick}>
        Save
      </Button>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Save" }));

    expect(onClick).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("button").getAttribute("aria-busy")).toBe("true");
  });
});

describe("Field", () => {
  test("ties help and error to the input", () => {
    show(<Field label="Name" help="As others see it" error="Too long" />);
    const input = screen.getByLabelText("Name");

    const described = (input.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(["Too long", "As others see it"]);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toBe("Too long");
  });
});

describe("Inherit", () => {
  test("typing makes the value own, and the way back names what it goes back to", () => {
    const onChange = vi.fn();
    show(<Limit onChange={onChange} />);
    const input = screen.getByLabelText("Messages per hour");
    expect(input).toHaveProperty("value", "500");
    expect(screen.queryByRole("button")).toBeNull();

    fireEvent.change(input, { target: { value: "200" } });
    expect(screen.getByText(/Set here; System default says 500/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Go back to 500" }));

    expect(onChange.mock.calls).toEqual([["200"], [null]]);
    expect(input).toHaveProperty("value", "500");
  });

  test("a ceiling from above locks it and says whose it is", () => {
    show(
      <Inherit
        label="Attachment size"
        value={null}
        locked
        inherited={{ value: "25 MB", from: "Small team" }}
        bound={{ words: "at most 25 MB", from: "Small team" }}
        onChange={() => undefined}
      />,
    );

    expect(screen.getByLabelText("Attachment size")).toHaveProperty("readOnly", true);
    expect(screen.getByText("Small team: at most 25 MB")).toBeDefined();
  });
});

describe("Tabs", () => {
  test("arrows go round and move the focus", () => {
    show(<Views />);
    const tab = screen.getByRole("tab", { name: "One" });
    tab.focus();

    fireEvent.keyDown(tab, { key: "ArrowLeft" });

    expect(screen.getByRole("tabpanel").textContent).toBe("second");
    expect(document.activeElement).toBe(screen.getByRole("tab", { name: "Two" }));
  });
});

describe("Table", () => {
  const columns = [
    {
      id: "name",
      header: "Name",
      cell: (row: { name: string }) => row.name,
      isRowHeader: true,
      sortable: true,
    },
    { id: "size", header: "Size", cell: () => "1 GB", align: "end" as const },
  ];

  test("asks for the other direction when the sorted column is pressed again", () => {
    const onSort = vi.fn();
    show(
      <Table
        caption="Domains"
        columns={columns}
        rows={[{ name: "example.org" }]}
        rowKey={(row) => row.name}
        sort={{ column: "name", direction: "ascending" }}
        onSort={onSort}
      />,
    );

    fireEvent.click(screen.getByRole("button", { name: "Name" }));

    expect(onSort).toHaveBeenCalledWith({ column: "name", direction: "descending" });
    expect(screen.getByRole("rowheader").textContent).toBe("example.org");
  });
});

describe("SaveBar", () => {
  test("is absent without changes, and counts them", () => {
    const bar = (count: number) => (
      <SaveBar count={count} onSave={() => undefined} onReset={() => undefined} />
    );
    const { rerender } = show(bar(0));
    expect(screen.queryByRole("button")).toBeNull();

    rerender(bar(2));
    expect(screen.getByText("2 changes")).toBeDefined();
  });
});

describe("filterItems", () => {
  const items = [
    { id: "a", label: "Projects / North wing", keywords: "North wing" },
    { id: "b", label: "Normal" },
    { id: "c", label: "Çağ" },
  ];

  test("finds by the beginnings of words, without accents, names first", () => {
    expect(filterItems(items, "no").map((item) => item.id)).toEqual(["b", "a"]);
    expect(filterItems(items, "wing nor").map((item) => item.id)).toEqual(["a"]);
    expect(filterItems(items, "cag").map((item) => item.id)).toEqual(["c"]);
    expect(filterItems(items, "orth")).toEqual([]);
  });
});

test("the kit is accessible", async () => {
  const { container } = show(
    <main>
      <Button variant="primary">Write</Button>
      <IconButton label="Archive" shortcut="e">
        <svg />
      </IconButton>
      <Field label="Name" suffix="MB" />
      <TextArea label="Text" />
      <Select label="Sort" options={[{ value: "a", label: "A" }]} />
      <Switch label="On" checked onChange={() => undefined} />
      <Checkbox label="Agree" help="Please" checked={false} onChange={() => undefined} />
      <ProgressBar label="Storage" kind="meter" value={3} max={10} />
      <Tag>Travel</Tag>
      <State tone="ok">Healthy</State>
      <Avatar name="Maren Holt" />
      <Empty title="Nothing here." />
    </main>,
  );

  await expectAccessible(container);
});
