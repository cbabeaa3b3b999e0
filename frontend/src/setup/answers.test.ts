import { describe, expect, test } from "vitest";
import { type Answers, guessDomain, isDomain, isLocalpart, problemsOf, stepOf } from "./answers";

const answers: Answers = {
  administratorName: "root",
  administratorPassword: "plumb-river-7K",
  domain: "example.org",
  userName: "",
  userLocalpart: "maren",
  userPassword: "stone-bridge-9Q",
};
const never = () => false;

test.each([
  ["example.org", true],
  ["bücher.example", true],
  ["example.org.", true],
  ["example", false],
  ["-a.example", false],
  ["a b.example", false],
  ["maren@example.org", false],
])("%s is a domain: %s", (text, expected) => expect(isDomain(text)).toBe(expected));

test.each([
  ["maren", true],
  ["maren.holt", true],
  ["maren@example.org", false],
  [".maren", false],
  ["ma ren", false],
])("%s is the first part of an address: %s", (text, expected) => expect(isLocalpart(text)).toBe(expected));

test("the domain is guessed from the host name only where something is left of it", () => {
  expect(guessDomain("mail.example.org")).toBe("example.org");
  expect(guessDomain("localhost")).toBe("");
  expect(guessDomain("example.org")).toBe("");
});

describe("problemsOf", () => {
  test("right answers have none, the name of a person may be left out", () => {
    expect(problemsOf("administrator", answers, never)).toEqual({});
    expect(problemsOf("user", answers, never)).toEqual({});
  });

  test("every field of the step is looked at", () => {
    const wrong = { ...answers, domain: "example", userLocalpart: "", userPassword: "plumb-river-7K" };
    expect(problemsOf("domain", wrong, never)).toEqual({ domain: "notADomain" });
    expect(problemsOf("user", wrong, never)).toEqual({
      userLocalpart: "missing",
      userPassword: "samePassword",
    });
    expect(problemsOf("administrator", answers, () => true)).toEqual({ administratorPassword: "weak" });
  });
});

test("a refused field leads to its step", () => {
  expect(stepOf("userPassword")).toBe("user");
  expect(stepOf("domain")).toBe("domain");
  expect(stepOf("something")).toBeUndefined();
});
