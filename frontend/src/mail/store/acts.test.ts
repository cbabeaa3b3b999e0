import { describe, expect, test, vi } from "vitest";
import { inbox, opened, settle, sort } from "../../../fake/openedStore";
import { FLAGGED, SEEN } from "./types";

describe("an act", () => {
  test("shows at once, in rows, list and counts, before the server answers", async () => {
    const { store, server, id } = await opened(100);
    const first = id(0);
    const second = id(1);
    const unread = store.mailbox("inbox")?.unread ?? 0;
    const release = server.hold();

    store.act("Archive", [{ ids: [second], moveTo: "archive" }]);

    expect(store.view(inbox, sort).total).toBe(99);
    expect(id(0)).toBe(first);
    expect(id(1)).not.toBe(second);
    expect(store.row(second)?.mailboxId).toBe("archive");
    expect(store.mailbox("inbox")).toMatchObject({ total: 99, unread: unread - 1 });
    expect(store.mailbox("archive")).toMatchObject({ total: 1, unread: 1 });
    release();
    await settle(store);
    expect(store.view(inbox, sort).total).toBe(99);
    expect(store.mailbox("inbox")).toMatchObject({ total: 99, unread: unread - 1 });
    expect(store.mailbox("archive")).toMatchObject({ total: 1, unread: 1 });
  });

  test("refused for one message puts that one back and says why", async () => {
    const { account, store, id } = await opened(100);
    const refusals: unknown[] = [];
    store.onRefused = (refusal) => refusals.push(refusal);
    const [kept, gone] = [id(2), id(3)];
    account.refused.add(kept);

    store.act("Archive", [{ ids: [kept, gone], moveTo: "archive" }]);
    await settle(store);

    expect(id(2)).toBe(kept);
    expect(store.view(inbox, sort).indexOf(gone)).toBe(-1);
    expect(store.view(inbox, sort).total).toBe(99);
    expect(refusals).toEqual([{ label: "Archive", message: "Not allowed here", count: 1 }]);
  });

  test("that never reaches the server is put back whole", async () => {
    const { store, server, id } = await opened(100);
    const refusals: string[] = [];
    store.onRefused = ({ message }) => refusals.push(message);
    server.update = async () => {
      throw new Error("offline");
    };
    const ids = [id(0), id(1), id(2)];

    store.act("Delete", [{ ids, moveTo: "trash" }]);
    expect(store.view(inbox, sort).total).toBe(97);
    await settle(store);

    expect([id(0), id(1), id(2)]).toEqual(ids);
    expect(store.view(inbox, sort).total).toBe(100);
    expect(refusals).toEqual(["offline"]);
  });

  test("changes nothing and sends nothing when the rows look so already", async () => {
    const { store, server, id } = await opened(10);

    expect(store.act("Read", [{ ids: [id(0)], addFlags: [SEEN] }])).toBeUndefined();
    await settle(store);

    expect(server.calls).not.toContain("update");
  });

  test("undo brings messages back to their place, with their flags", async () => {
    const { store, id } = await opened(100);
    const before = Array.from({ length: 6 }, (_, at) => store.view(inbox, sort).rowAt(at));
    const step = store.act("Junk", [{ ids: [id(1), id(4)], moveTo: "junk", addFlags: ["$Junk", SEEN] }]);

    store.undo(step?.id);

    expect(Array.from({ length: 6 }, (_, at) => store.view(inbox, sort).rowAt(at))).toEqual(before);
    await settle(store);
    expect(Array.from({ length: 6 }, (_, at) => store.view(inbox, sort).rowAt(at))).toEqual(before);
    expect(store.undo(step?.id)).toBeUndefined();
  });

  test("of what was taken away and brought back at once nobody hears that it left", async () => {
    const { store, server, id } = await opened(100);
    const left: string[] = [];
    store.onLeft = (ids) => left.push(...ids);
    const [first, second, third] = [id(0), id(1), id(2)];
    const { update } = server;
    let back = () => {};
    const held = new Promise<void>((resolve) => {
      back = resolve;
    });
    server.update = async (change) => {
      if (change.moveTo === "inbox") await held;
      return update(change);
    };

    const step = store.act("Archive", [{ ids: [first, second], moveTo: "archive" }]);
    store.undo(step?.id);
    await vi.waitFor(() => expect(server.calls.at(-1)).toBe("changes inbox"));
    await new Promise((resolve) => setImmediate(resolve));

    expect([id(0), id(1), id(2)]).toEqual([first, second, third]);
    back();
    await settle(store);
    expect([id(0), id(1), id(2)]).toEqual([first, second, third]);
    expect(left).toEqual([]);
  });

  test("a message moved to trash leaves a search over everything, a read one stays", async () => {
    const { store } = await opened(60);
    const search = { search: "subject:minutes" };
    store.watch(search, sort);
    store.need(search, sort, 0, 20);
    await settle(store);
    const total = store.view(search, sort).total;
    const [first, second] = [store.view(search, sort).idAt(0) ?? "", store.view(search, sort).idAt(1) ?? ""];

    store.act("Star", [{ ids: [first], addFlags: [FLAGGED] }]);
    store.act("Delete", [{ ids: [second], moveTo: "trash" }]);

    expect(store.view(search, sort).total).toBe(total - 1);
    expect(store.view(search, sort).idAt(0)).toBe(first);
    await settle(store);
    expect(store.view(search, sort).indexOf(second)).toBe(-1);
  });
});
