// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from "vitest";
import { startKeepingFocus } from "./keptFocus";

beforeAll(startKeepingFocus);
beforeEach(() => {
  document.body.innerHTML = `
    <main>
      <ul>
        <li id="a"><button>A</button></li>
        <li id="b"><button>B</button></li>
        <li id="c"><button>C</button></li>
      </ul>
      <button id="add">Add</button>
    </main>
    <div id="layer"></div>
    <section data-react-aria-top-layer="true"></section>`;
});

const find = (selector: string) => {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(selector);
  return found;
};
const settled = () => new Promise((done) => setTimeout(done, 150));

test("where a row goes the next one takes the focus, after the last one what is before it", async () => {
  find("#b button").focus();
  find("#b").remove();
  await settled();
  expect(document.activeElement).toBe(find("#c button"));

  find("#c").remove();
  await settled();
  expect(document.activeElement).toBe(find("#a button"));

  find("ul").remove();
  await settled();
  expect(document.activeElement).toBe(find("#add"));
});

test("what stands in its place is preferred, and a button that is disabled is left", async () => {
  find("#b button").focus();
  const other = document.createElement("button");
  find("#b button").replaceWith(other);
  await settled();
  expect(document.activeElement).toBe(other);

  other.disabled = true;
  await settled();
  expect(document.activeElement).toBe(find("#c button"));
});

test("a dialog that removes what it was opened from leads to what stands there", async () => {
  find("#b button").focus();
  find("#layer").innerHTML = "<div role='menu'><button>Remove…</button></div>";
  find("#layer button").focus();
  find("#layer").innerHTML = "<div role='alertdialog'><button>Remove</button></div>";
  find("#layer button").focus();
  find("#b").remove();
  find("#layer").innerHTML = "";
  await settled();
  expect(document.activeElement).toBe(find("#c button"));
});

test("a notice leads back to where one came from, each time", async () => {
  for (const id of ["#a", "#c"]) {
    find(`${id} button`).focus();
    find("section").innerHTML = "<button>Undo</button>";
    find("section button").focus();
    find("section").innerHTML = "";
    await settled();
    expect(document.activeElement).toBe(find(`${id} button`));
  }
});

test("with nothing left it is the page that has the focus; what was left on purpose is let go", async () => {
  find("#add").focus();
  find("main").replaceChildren();
  await settled();
  expect(document.activeElement).toBe(find("main"));

  find("main").innerHTML = "<button>D</button><button>E</button>";
  find("button").focus();
  find("button").blur();
  await settled();
  find("button").remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});
