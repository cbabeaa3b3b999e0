import { describe, expect, test } from "vitest";
import { inbox, opened, settle, sort } from "../../../fake/openedStore";
import { randomOf } from "../../../fake/random";
import { fakeRow } from "../../../fake/rows";
import { FLAGGED, SEEN } from "./types";

const conversations = { ...inbox, byConversation: true };

describe("a row of a conversation", () => {
  test("stays where its newest message alone leaves, before the server says who stands for it", async () => {
    const { account, server, store } = await opened(400, conversations);
    const view = () => store.view(conversations, sort);
    const [newest, ...older] = store.members(view().idAt(3) ?? "");
    const total = view().total;
    const release = server.hold();

    store.act("Delete", [{ ids: [newest ?? ""], moveTo: "trash" }]);

    expect(view().total).toBe(total);
    const at = view().indexOf(older[0] ?? "");
    expect(view().indexOf(newest ?? "")).toBe(at);
    expect(view().rowAt(at)).toMatchObject({ id: older[0], mailboxId: "inbox" });
    expect(view().rowAt(at)).toBe(view().rowAt(at));
    expect(store.members(older[0] ?? "")).toEqual(older);
    release();
    await settle(store);
    expect(view().total).toBe(total);
    expect(view().indexOf(older[0] ?? "")).toBe(
      account.list(conversations, sort).findIndex(({ id }) => id === older[0]),
    );
  });

  test("takes all of it along, before the server says so", async () => {
    const { account, server, store } = await opened(400, conversations);
    const id = store.view(conversations, sort).idAt(3) ?? "";
    const all = store.members(id);
    const release = server.hold();

    const step = store.act("Archive", [{ ids: all, moveTo: "archive" }]);
    expect(store.members(id)).toEqual(all);
    store.act("Delete", [{ ids: store.members(id), moveTo: "trash" }]);
    store.undo();
    expect(store.members(id)).toEqual(all);
    store.undo(step?.id);
    expect(store.members(id)).toEqual(all);
    release();
    await settle(store);
    expect(store.members(id)).toEqual(all);
    expect(store.view(conversations, sort).total).toBe(account.list(conversations, sort).length);
  });

  test("goes where all of it leaves, and comes back as it was when that is undone at once", async () => {
    const { server, store } = await opened(400, conversations);
    const before = store.view(conversations, sort).rowAt(3);
    const total = store.view(conversations, sort).total;
    const [newest = "", ...older] = store.members(before?.id ?? "");
    server.hold();

    const first = store.act("Delete", [{ ids: [newest], destroy: true }]);
    store.act("Archive", [{ ids: older, moveTo: "archive" }]);
    expect(first).toBeUndefined(); // for good
    expect(store.view(conversations, sort).total).toBe(total - 1);

    const other = store.view(conversations, sort).rowAt(0);
    const step = store.act("Delete", [{ ids: [other?.id ?? ""], moveTo: "trash" }]);
    store.undo(step?.id);
    expect(store.view(conversations, sort).rowAt(0)).toEqual(other);
  });

  test("has the tags of all its messages", async () => {
    const { server, store } = await opened(400, conversations);
    const row = () => store.view(conversations, sort).rowAt(2);
    const all = store.members(row()?.id ?? "");
    server.hold();

    const second = all[1] ?? "";

    store.act("Tag", [{ ids: [second], addFlags: ["Plan"] }]);
    expect(row()?.conversation?.tags).toContainEqual({ keyword: "Plan", ids: [second] });
    expect(row()?.keywords).not.toContain("Plan");
    const step = store.act("Tag", [{ ids: all, removeFlags: ["Plan"] }]);
    expect(row()?.conversation?.tags.map(({ keyword }) => keyword)).not.toContain("Plan");
    store.undo(step?.id);
    expect(row()?.conversation?.tags).toContainEqual({ keyword: "Plan", ids: [second] });
  });

  test("says how many messages all rows stand for", async () => {
    const { account, store } = await opened(400, conversations);
    expect(store.view(conversations, sort)).toMatchObject({ total: 90, messageTotal: 400 });

    account.update({
      ids: account
        .list(inbox, sort)
        .slice(0, 3)
        .map(({ id }) => id),
      moveTo: "archive",
    });
    await store.takeNews(account.modseq, ["inbox"], account.mailboxes);
    await settle(store);

    expect(store.view(conversations, sort).messageTotal).toBe(397);
  });
});

test.each(
  [inbox, conversations].flatMap((source) => Array.from({ length: 12 }, (_, seed) => ({ source, seed }))),
)(
  "random acts, arrivals, refusals and late answers agree with the server in the end (%o)",
  async ({ source, seed }) => {
    const random = randomOf(seed + 1);
    const { account, server, store } = await opened(400, source);
    const releases: (() => void)[] = [];
    let arrivals = 0;
    for (let step = 0; step < 120; step += 1) {
      const view = store.view(source, sort);
      const loaded = Array.from({ length: 60 }, (_, at) => view.idAt(at)).filter((id) => id !== undefined);
      const pick = () => loaded[random(loaded.length)] ?? "";
      const kind = random(10);
      if (kind === 0) releases.push(server.hold());
      else if (kind === 1) releases.pop()?.();
      else if (kind === 2)
        store.need(source, sort, random(Math.max(1, view.total)), random(Math.max(1, view.total)) + 20);
      else if (kind === 3) {
        arrivals += 1;
        account.add({
          ...fakeRow(step, "inbox"),
          id: `n${arrivals}`,
          threadId: `t${random(90)}`,
          receivedAt: new Date(Date.parse("2026-11-23T00:00:00Z") + step * 1000).toISOString(),
        });
        void store.takeNews(account.modseq, ["inbox"], account.mailboxes);
      } else if (kind === 4) account.update({ ids: [...store.members(pick())], moveTo: "archive" });
      else if (kind === 5)
        store.act("Star", [{ ids: [...store.members(pick()), pick()], addFlags: [FLAGGED] }]);
      else if (kind === 6) store.undo();
      else if (kind === 9 && random(2) === 0) store.act("Delete", [{ ids: [pick()], moveTo: "trash" }]);
      else if (kind === 7) {
        const id = pick();
        account.refused.add(id);
        store.act("Archive", [{ ids: [id, ...store.members(pick())], moveTo: "archive" }]);
      } else
        store.act("Delete", [
          {
            ids: [...store.members(pick()), ...store.members(pick())],
            moveTo: random(2) === 0 ? "trash" : "archive",
            addFlags: [SEEN],
          },
        ]);
      if (random(3) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    for (const release of releases) release();
    await settle(store);
    await store.catchUp();
    for (let from = 0; from < account.list(source, sort).length; from += 60)
      store.need(source, sort, from, from + 60);
    await settle(store);

    const truth = account.list(source, sort);
    const view = store.view(source, sort);
    expect(view.total).toBe(truth.length);
    expect(truth.map((_, at) => view.rowAt(at))).toEqual(truth);
    expect(store.mailboxes()).toEqual(account.mailboxes);
  },
);
