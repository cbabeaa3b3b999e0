import { expect, test } from "vitest";
import { type Attachment, type Content, emptyContent } from "./types";
import { warningsOf } from "./warnings";

const written = (parts: Partial<Content>): Content => ({ ...emptyContent, subject: "Plan", ...parts });
const file: Attachment = {
  key: "1",
  id: "1",
  name: "plan.pdf",
  contentType: "application/pdf",
  sizeBytes: 1,
  contentId: null,
  progress: null,
  error: null,
};

test("a promised attachment that is not there is asked about", () => {
  expect(warningsOf(written({}), "The plan is attached.", "example.org")).toEqual(["attachment"]);
  expect(warningsOf(written({}), "Anbei der Plan", "example.org")).toEqual(["attachment"]);
  expect(warningsOf(written({}), "I am attached to it? No: unattached", "example.org")).toEqual([
    "attachment",
  ]);
});

test("nothing is asked with a file, or where nothing was promised", () => {
  expect(warningsOf(written({ attachments: [file] }), "The plan is attached.", "example.org")).toEqual([]);
  expect(warningsOf(written({}), "Let us talk about the tachment", "example.org")).toEqual([]);
  expect(warningsOf(written({ subject: "Re: Invoice attached" }), "Thank you", "example.org")).toEqual([]);
});

test("a picture in the text is not the promised file", () => {
  const picture = { ...file, contentId: "a@b" };
  expect(warningsOf(written({ attachments: [picture] }), "See the attachment", "example.org")).toEqual([
    "attachment",
  ]);
});

test("an empty subject is asked about", () => {
  expect(warningsOf(written({ subject: "  " }), "Hello", "example.org")).toEqual(["subject"]);
});

test("words of both languages promise a file", () => {
  for (const text of [
    "Find it in the attachment",
    "I attach the plan",
    "see enclosure",
    "im Anhang der Plan",
    "habe ich angehängt",
    "die Anhänge",
    "ist beigefügt",
    "Unterlagen in der Anlage",
  ])
    expect(warningsOf(written({}), text, "example.org"), text).toEqual(["attachment"]);
});

const person = (address: string) => ({ name: "", address });

test("a message to colleagues and others is asked about, one to either is not", () => {
  const inside = person("sofia@Example.org");
  const outside = person("amara@north.example");
  expect(warningsOf(written({ to: [inside], bcc: [outside] }), "Hi", "example.org")).toEqual(["outside"]);
  expect(warningsOf(written({ to: [inside] }), "Hi", "example.org")).toEqual([]);
  expect(warningsOf(written({ to: [outside, person("a@notexample.org")] }), "Hi", "example.org")).toEqual([]);
});

test("many who see one another are asked about, in an answer earlier", () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, index) => person(`p${index}@north.example`));
  expect(warningsOf(written({ to: crowd(19) }), "Hi", "example.org")).toEqual([]);
  expect(warningsOf(written({ to: crowd(15), cc: crowd(5) }), "Hi", "example.org")).toEqual(["many"]);
  expect(warningsOf(written({ to: crowd(10), inReplyTo: "1" }), "Hi", "example.org")).toEqual(["many"]);
  expect(warningsOf(written({ bcc: crowd(50) }), "Hi", "example.org")).toEqual([]);
});
