// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { show } from "../../fake/render";
import { Button, Field, Inherit, SaveBar } from ".";

function Form({ isForm }: { isForm: boolean }) {
  const [bad, setBad] = useState<string>();
  const fields = (
    <>
      <Field label="Name" defaultValue="" />
      <Field label="Host" defaultValue="" error={bad} />
      <Inherit
        label="Port"
        value={null}
        inherited={{ value: "25", from: "Default" }}
        describedBy="help"
        error={bad}
        onChange={() => setBad("Not this one")}
      />
    </>
  );
  if (!isForm) {
    return (
      <div>
        {fields}
        <SaveBar count={1} onSave={() => setBad("Refused")} onReset={() => undefined} />
      </div>
    );
  }
  const send = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setBad("Refused");
  };
  return (
    <form onSubmit={send}>
      {fields}
      <Button type="submit">Save</Button>
    </form>
  );
}

test.each([true, false])("the first field that is refused takes the focus (a form: %s)", (isForm) => {
  show(<Form isForm={isForm} />);
  const save = screen.getByRole("button", { name: "Save" });
  save.focus();

  fireEvent.click(save);

  expect(document.activeElement).toBe(screen.getByLabelText("Host"));
});

test("what is complained of while one types leaves the focus where it is", () => {
  show(<Form isForm />);
  const port = screen.getByLabelText("Port");
  port.focus();

  fireEvent.input(port, { target: { value: "x" } });

  expect(document.activeElement).toBe(port);
  const described = (port.getAttribute("aria-describedby") ?? "").split(" ");
  expect(described).toContain("help");
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain("Not this one");
});
