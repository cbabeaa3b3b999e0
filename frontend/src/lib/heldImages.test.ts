// @vitest-environment jsdom
import { expect, test } from "vitest";
import { keepShapes, standInForImages } from "./heldImages";

function shown(markup: string): HTMLElement {
  const body = new DOMParser().parseFromString(markup, "text/html").body;
  standInForImages(body.ownerDocument);
  return body.firstElementChild as HTMLElement;
}

test.each([
  ['width="600" height="300" alt="Harbour"', "Harbour", "600px", "120px", ""],
  ['style="width:100%;height:80px;display:block"', "", "100%", "80px", "flex"],
  ['width="50%" height="10%"', "", "50%", "", ""],
  ['style="width:320px" width="600"', "", "320px", "", ""],
  ['alt=" Logo "', "Logo", "", "", ""],
])("%s is stood in for", (attributes, words, width, height, display) => {
  const one = shown(`<img data-blocked-src="https://x.example/1.png" ${attributes}>`);

  expect([one.tagName, one.textContent]).toEqual(["SPAN", words]);
  expect([one.style.getPropertyValue("--width"), one.style.minHeight, one.style.display]).toEqual([
    width,
    height,
    display,
  ]);
});

test.each(['width="1" height="1" alt="t"', 'style="width:600px;height:1px"', 'width="20" height="20"'])(
  "%s keeps its room unseen",
  (attributes) => {
    const one = shown(`<img data-blocked-src="https://x.example/1.png" ${attributes}>`);

    expect([one.tagName, one.style.visibility]).toEqual(["IMG", "hidden"]);
  },
);

test("what is not held back stays as it is", () => {
  expect(shown('<img src="/files/1/2" width="600">').outerHTML).toBe('<img src="/files/1/2" width="600">');
});

test.each([
  ['width="480" height="240"', "480 / 240", "auto"],
  ['style="width:300px;height:60px" width="1" height="1"', "300 / 60", "auto"],
  ['width="100%" height="20"', "", ""],
  ['width="480"', "", ""],
  ['width="480" height="240" style="height:auto"', "", "auto"],
  ['width="0" height="0"', "", ""],
])("a picture with %s keeps its shape", (attributes, shape, height) => {
  const { body } = new DOMParser().parseFromString(`<img src="cid:1" ${attributes}>`, "text/html");
  keepShapes(body.ownerDocument);
  const { style } = body.firstElementChild as HTMLElement;

  expect([style.aspectRatio, style.height]).toEqual([shape, height]);
});
