import { describe, expect, test } from "vitest";
import { fakeRow } from "../../../fake/rows";
import { Bodies } from "./bodies";
import type { MessageDetail, Row } from "./types";

const own = fakeRow(1, "inbox");
const reply = { ...fakeRow(2, "inbox"), threadId: own.threadId };

async function opened() {
  const thread: { rows: Row[] | null } = { rows: [own] };
  const bodies = new Bodies(
    {
      message: async (id) => ({ id, row: own, thread: [] as Row[] }) as unknown as MessageDetail,
      conversation: async () => thread.rows,
    },
    () => undefined,
  );
  await bodies.fetch(own.id);
  return { bodies, thread };
}

describe("the conversation of an opened message", () => {
  test("is old after news, and has what came once it was asked for", async () => {
    const { bodies, thread } = await opened();
    expect(bodies.age(own.id)).toBe(0);
    bodies.noteNews();
    expect(bodies.age(own.id)).toBe(1);

    thread.rows = [own, reply];
    const put = await bodies.renew(own.id);
    expect(bodies.peek(own.id)?.thread).toEqual([]);
    put();

    expect(bodies.peek(own.id)?.thread).toEqual([reply]);
    expect(bodies.age(own.id)).toBe(0);
  });

  test("is the same object where nothing changed", async () => {
    const { bodies } = await opened();
    const before = bodies.peek(own.id);
    bodies.noteNews();

    (await bodies.renew(own.id))();

    expect(bodies.peek(own.id)).toBe(before);
  });

  test("stays old when there was more news while it was asked for", async () => {
    const { bodies } = await opened();
    bodies.noteNews();
    const asked = bodies.renew(own.id);
    bodies.noteNews();

    (await asked)();

    expect(bodies.age(own.id)).toBe(1);
  });

  test("is forgotten with a message that is gone", async () => {
    const { bodies, thread } = await opened();
    bodies.noteNews();
    thread.rows = null;

    (await bodies.renew(own.id))();

    expect(bodies.peek(own.id)).toBeUndefined();
    expect(bodies.age(own.id)).toBe(0);
  });
});
