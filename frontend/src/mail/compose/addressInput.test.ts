import { expect, test } from "vitest";
import { faultOf, isAddress, parseAddresses, splitTyped } from "./addressInput";

test.each([
  ["maren@example.org", [["", "maren@example.org"]]],
  ["Maren Holt <maren@example.org>", [["Maren Holt", "maren@example.org"]]],
  [
    '"Holt, Maren" <m@example.org>, b@example.net',
    [
      ["Holt, Maren", "m@example.org"],
      ["", "b@example.net"],
    ],
  ],
  [
    "a@x.org; b@y.org\nc@z.org,",
    [
      ["", "a@x.org"],
      ["", "b@y.org"],
      ["", "c@z.org"],
    ],
  ],
  [
    "a@x.org b@y.org",
    [
      ["", "a@x.org"],
      ["", "b@y.org"],
    ],
  ],
  ['"A \\"B\\" C" <c@x.org>', [['A "B" C', "c@x.org"]]],
  ["mailto:a@x.org", [["", "a@x.org"]]],
  ["a@x.org <a@x.org>", [["", "a@x.org"]]],
  ["just a name", [["", "just a name"]]],
  ["Maren Holt maren@example.org", [["Maren Holt", "maren@example.org"]]],
  ["Maren Holt\tmaren@example.org", [["Maren Holt", "maren@example.org"]]],
  ["maren@example.org (Maren Holt)", [["Maren Holt", "maren@example.org"]]],
  ["Maren Holt [maren@example.org]", [["Maren Holt", "maren@example.org"]]],
  [
    "Crew: a@x.org, Bo <b@y.org>; c@z.org",
    [
      ["", "a@x.org"],
      ["Bo", "b@y.org"],
      ["", "c@z.org"],
    ],
  ],
  ["undisclosed-recipients:;", []],
  [" , ;\n", []],
])("%j is read", (text, people) => {
  expect(parseAddresses(text)).toEqual(people.map(([name, address]) => ({ name, address })));
});

test("a thousand pasted addresses are all there", () => {
  const text = Array.from({ length: 1000 }, (_, index) => `Person ${index} <p${index}@example.org>`).join(
    ", ",
  );
  expect(parseAddresses(text)).toHaveLength(1000);
});

test.each([
  ["maren@example.org", true],
  ["maren+tag@bücher.example", true],
  ["maren@localhost", true],
  ['"maren holt"@example.org', true],
  ["maren", false],
  ["@example.org", false],
  ["maren@", false],
  ["maren@exa mple.org", false],
  ["ma ren@example.org", false],
  ["maren@-example.org", false],
  ["maren@127.0.0.1", false],
  ["maren@example.123", false],
])("%s is an address: %s", (text, expected) => expect(isAddress(text)).toBe(expected));

test("text that was typed without a break is parted behind the last address", () => {
  expect(splitTyped("a@x.org, b@y.org;c@z")).toEqual({ whole: "a@x.org, b@y.org;", rest: "c@z" });
  expect(splitTyped("a@x.org\n")).toEqual({ whole: "a@x.org\n", rest: "" });
  expect(splitTyped("mar")).toEqual({ whole: "", rest: "mar" });
});

test("rows of a table are people: by their address and the names beside it", () => {
  const person = (name: string, address: string) => ({ name, address });
  const rows =
    "First\tLast\tE-mail\tPhone\r\nMaren\tHolt\tmaren@example.org\t030 123\r\nSofia\tRossi\tsofia@example.org\t\r\n";
  expect(parseAddresses(rows)).toEqual([
    person("Maren Holt", "maren@example.org"),
    person("Sofia Rossi", "sofia@example.org"),
  ]);
  expect(parseAddresses("amara@example.org\tOkafor, Amara")).toEqual([
    person("Okafor, Amara", "amara@example.org"),
  ]);
  expect(parseAddresses("Holt, Maren\tmaren@example.org")).toEqual([
    person("Holt, Maren", "maren@example.org"),
  ]);
  expect(parseAddresses("a@x.org\tb@y.org\n\t\n")).toEqual([person("", "a@x.org"), person("", "b@y.org")]);
  expect(parseAddresses("Crew\t030 123")).toEqual([person("", "Crew"), person("", "030 123")]);
});

test.each([
  ["maren", "at"],
  ["@example.org", "local"],
  ["a,b@example.org", "local"],
  ["maren@", "domain"],
  ["maren@-example.org", "domain"],
  ["ma ren@example.org", "space"],
  [`${"a".repeat(260)}@example.org`, "long"],
  ["maren@example.org", null],
])("%s: what is wrong is %s", (text, expected) => expect(faultOf(text)).toBe(expected));
