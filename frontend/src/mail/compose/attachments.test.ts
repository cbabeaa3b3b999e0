import { expect, test } from "vitest";
import { caughtUp, matchSaved, roomFor, sortBySize, withoutUnseen } from "./attachments";
import type { Attachment } from "./types";

const file = (key: string, name: string, more: Partial<Attachment> = {}): Attachment => ({
  key,
  id: key,
  name,
  contentType: "application/pdf",
  sizeBytes: 100,
  contentId: null,
  progress: null,
  error: null,
  ...more,
});
const saved = (id: string, name: string, contentId: string | null = null) => ({
  id,
  name,
  contentType: "application/pdf",
  sizeBytes: 100,
  contentId,
});

test("files are found again by content id, else by name and order", () => {
  const sent = [file("a", "plan.pdf"), file("p", "logo.png", { contentId: "x@y" }), file("b", "plan.pdf")];
  const answer = [saved("9:2", "plan.pdf"), saved("9:3", "plan.pdf"), saved("9:1.2", "logo.png", "x@y")];
  expect([...matchSaved(sent, answer)]).toEqual([
    ["p", "9:1.2"],
    ["a", "9:2"],
    ["b", "9:3"],
  ]);
});

test("a name the server has cleaned is still found by its type, a missing file is not made up", () => {
  expect([...matchSaved([file("a", "a/b.pdf"), file("b", "c.pdf")], [saved("9:2", "b.pdf")])]).toEqual([
    ["a", "9:2"],
  ]);
});

test("what is too large is told before it is uploaded", () => {
  const max = 1_000_000;
  const small = new File([new Uint8Array(300_000)], "small");
  const large = new File([new Uint8Array(500_000)], "large");
  expect(sortBySize([large, small], [], max)).toEqual({ fitting: [large], tooLarge: [small] });
  expect(roomFor(max, [file("a", "x", { sizeBytes: 700_000, error: "failed" })])).toBeGreaterThan(700_000);
});

test("a picture that was taken out of the text does not leave unseen; files do", () => {
  const seen = file("a", "a.png", { contentId: "a&b%x@y" });
  const encoded = file("b", "b.png", { contentId: "b+c@y" });
  const gone = file("c", "c.png", { contentId: "c@y" });
  const plan = file("d", "plan.pdf");
  const html = '<img src="cid:a&amp;b%x@y"><img src="cid:b%2Bc@y"><p>c@y</p>';
  expect(withoutUnseen([seen, encoded, gone, plan], html)).toEqual([seen, encoded, plan]);
});

test("after a save without an answer the files are those of the draft's new form, and never others", () => {
  const plan = file("a", "plan.pdf", { id: "9:2" });
  const gone = file("b", "gone.pdf", { id: "9:3" });
  const fresh = file("c", "fresh.pdf", { id: "500" });
  const answer = [saved("10:2", "plan.pdf"), saved("10:3", "fresh.pdf")];
  expect(caughtUp([plan, gone, fresh], "9", answer, "lost")).toEqual([
    { ...plan, id: "10:2" },
    { ...gone, id: null, error: "lost" },
    fresh,
  ]);
  expect(caughtUp([fresh], null, answer, "lost")).toEqual([fresh]);
});
