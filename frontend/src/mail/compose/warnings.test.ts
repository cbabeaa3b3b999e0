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
  expect(warningsOf(written({}), "The plan is attached.")).toEqual(["attachment"]);
  expect(warningsOf(written({}), "Anbei der Plan")).toEqual(["attachment"]);
  expect(warningsOf(written({}), "I am attached to it? No: unattached")).toEqual(["attachment"]);
});

test("nothing is asked with a file, or where nothing was promised", () => {
  expect(warningsOf(written({ attachments: [file] }), "The plan is attached.")).toEqual([]);
  expect(warningsOf(written({}), "Let us talk about the tachment")).toEqual([]);
  expect(warningsOf(written({ subject: "Re: Invoice attached" }), "Thank you")).toEqual([]);
});

test("a picture in the text is not the promised file", () => {
  const picture = { ...file, contentId: "a@b" };
  expect(warningsOf(written({ attachments: [picture] }), "See the attachment")).toEqual(["attachment"]);
});

test("an empty subject is asked about", () => {
  expect(warningsOf(written({ subject: "  " }), "Hello")).toEqual(["subject"]);
});
