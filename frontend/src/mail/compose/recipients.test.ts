import { describe, expect, test } from "vitest";
import { crowdOf, type Original, replyIdentity, replyRecipients } from "./recipients";
import { emptyContent } from "./types";

const amara = { name: "Amara", address: "amara@example.org" };
const sofia = { name: "Sofia", address: "sofia@example.net" };
const maren = { name: "Maren", address: "maren@example.org" };
const list = { name: "List", address: "list@example.net" };
const own = ["maren@example.org", "m.holt@example.org"];
const mail = (parts: Partial<Original>): Original => ({
  from: [amara],
  to: [maren],
  cc: [],
  replyTo: [],
  ...parts,
});

describe("reply", () => {
  test("goes to the author", () => {
    expect(replyRecipients(mail({ cc: [sofia] }), own, false)).toEqual({ to: [amara], cc: [] });
  });

  test("goes to Reply-To where there is one", () => {
    expect(replyRecipients(mail({ replyTo: [list] }), own, false).to).toEqual([list]);
  });

  test("to what oneself wrote goes to those one wrote to", () => {
    expect(replyRecipients(mail({ from: [maren], to: [sofia] }), own, false).to).toEqual([sofia]);
  });

  test("to what oneself wrote goes there also where the own address asks for answers elsewhere", () => {
    const sent = mail({ from: [maren], to: [sofia], replyTo: [list] });
    expect(replyRecipients(sent, own, false).to).toEqual([sofia]);
  });

  test("to a form that writes to oneself in one's own name goes to who filled it in", () => {
    const form = mail({ from: [maren], to: [maren], replyTo: [sofia] });
    expect(replyRecipients(form, own, false).to).toEqual([sofia]);
  });

  test("to oneself alone stays possible", () => {
    expect(replyRecipients(mail({ from: [maren], to: [maren] }), own, false).to).toEqual([maren]);
  });
});

describe("reply to all", () => {
  test("leaves out the own addresses, also with a detail, and says nobody twice", () => {
    const tagged = { name: "", address: "M.Holt+bills@example.org" };
    const shouting = { name: "", address: "SOFIA@example.net" };
    const original = mail({ to: [maren, sofia, tagged], cc: [shouting, list, amara] });
    expect(replyRecipients(original, own, true)).toEqual({ to: [amara, sofia], cc: [list] });
  });

  test("to what oneself wrote goes to the same people again", () => {
    expect(replyRecipients(mail({ from: [maren], to: [sofia], cc: [amara] }), own, true)).toEqual({
      to: [sofia],
      cc: [amara],
    });
  });
});

test("an answer comes from the address that was written to", () => {
  expect(replyIdentity(mail({ to: [{ name: "", address: "m.holt@example.org" }] }), own)).toBe(
    "m.holt@example.org",
  );
  expect(replyIdentity(mail({ to: [list] }), own)).toBeUndefined();
});

test("recipients are counted once each, and too many are told where most of them stand", () => {
  const people = (...names: string[]) => names.map((name) => ({ name: "", address: `${name}@example.org` }));
  const content = { ...emptyContent, to: people("a", "b"), cc: people("B", "c", "d", "e"), bcc: people("f") };

  expect(crowdOf(content, 6)).toBeUndefined();
  expect(crowdOf(content, 5)).toEqual({ count: 6, kind: "cc" });
  expect(crowdOf({ ...emptyContent, to: people("a"), bcc: people("b") }, 1)).toEqual({
    count: 2,
    kind: "to",
  });
});
