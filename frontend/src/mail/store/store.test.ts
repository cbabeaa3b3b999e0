import { afterEach, describe, expect, test, vi } from "vitest";
import { FakeAccount } from "../../../fake/account";
import { randomOf } from "../../../fake/random";
import { fakeRow } from "../../../fake/rows";
import { MailStore } from "./store";
import { FLAGGED, type MailServer, SEEN, type Source } from "./types";

const inbox = { mailboxId: "inbox" };
const sort = "DATE_DESC";

function accountOf(count: number): FakeAccount {
  const account = new FakeAccount();
  account.addMailbox("inbox", "INBOX", "INBOX");
  account.addMailbox("archive", "Archive", "ARCHIVE");
  account.addMailbox("trash", "Trash", "TRASH");
  account.addMailbox("junk", "Junk", "JUNK");
  for (let index = 0; index < count; index += 1) account.add(fakeRow(index, "inbox"), { silent: true });
  account.settle();
  return account;
}

/** A server whose answers can be held back. */
function serverOf(account: FakeAccount) {
  let gate: Promise<void> = Promise.resolve();
  const server: MailServer & { hold: () => () => void; calls: string[] } = {
    calls: [],
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    async mailboxes() {
      return account.mailboxes;
    },
    async page(source, order, offset, limit) {
      server.calls.push(`page ${offset}`);
      const answer = account.page(source, order, offset, limit);
      await gate;
      return answer;
    },
    async changes(source, since, order) {
      server.calls.push(`changes ${source.mailboxId}`);
      const answer = account.changes(source, since, order);
      await gate;
      return answer;
    },
    async update(change) {
      server.calls.push("update");
      await gate;
      return account.update(change);
    },
    async message() {
      return null;
    },
    async conversation() {
      return null;
    },
  };
  return server;
}

afterEach(() => void vi.useRealTimers());

async function settle(store: MailStore) {
  for (let turn = 0; turn < 12; turn += 1) {
    await store.settled();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function opened(count: number, source: Source & { mailboxId: string } = inbox) {
  const account = accountOf(count);
  if (source.byConversation) account.join(90);
  const server = serverOf(account);
  const store = new MailStore(server);
  await store.loadMailboxes();
  store.watch(source, sort);
  store.need(source, sort, 0, 20);
  await settle(store);
  return { account, server, store, id: (index: number) => store.view(inbox, sort).idAt(index) ?? "" };
}

describe("a list", () => {
  test("loads only the pages that are needed", async () => {
    const { store, server } = await opened(1000);

    store.need(inbox, sort, 500, 530);
    await settle(store);

    expect(server.calls.filter((call) => call.startsWith("page"))).toEqual(["page 0", "page 480"]);
    expect(store.view(inbox, sort).total).toBe(1000);
    expect(store.view(inbox, sort).rowAt(505)?.id).toBe(fakeRow(505, "inbox").id);
    expect(store.view(inbox, sort).rowAt(300)).toBeUndefined();
  });

  test("is the same object until something changes", async () => {
    const { store, id } = await opened(100);
    const before = store.view(inbox, sort);

    expect(store.view(inbox, sort)).toBe(before);
    store.act("Star", [{ ids: [id(0)], addFlags: [FLAGGED] }]);
    expect(store.view(inbox, sort)).not.toBe(before);
  });

  test("a page read at an older state is read again after the list moved on", async () => {
    const { account, store, server } = await opened(300);
    const release = server.hold();
    store.need(inbox, sort, 120, 130);
    account.add({ ...fakeRow(0, "inbox"), id: "new", receivedAt: "2026-11-23T08:00:00.000Z" });
    release();
    await store.takeNews(account.modseq, ["inbox"], account.mailboxes);
    await settle(store);

    expect(store.view(inbox, sort).idAt(0)).toBe("new");
    expect(store.view(inbox, sort).idAt(121)).toBe(fakeRow(120, "inbox").id);
  });

  test("a delta that reaches too far back empties the list, and the rows come anew", async () => {
    const { account, store } = await opened(300);
    account.add({ ...fakeRow(0, "inbox"), id: "new", receivedAt: "2026-11-23T08:00:00.000Z" });
    account.forgottenBefore = account.modseq;

    await store.takeNews(account.modseq, ["inbox"], account.mailboxes);
    await settle(store);
    expect(store.view(inbox, sort).idAt(0)).toBeUndefined();
    store.need(inbox, sort, 0, 20);
    await settle(store);

    expect(store.view(inbox, sort).idAt(0)).toBe("new");
    expect(store.view(inbox, sort).total).toBe(301);
  });

  test("leaves a server alone that fails, longer each time, until somebody asks for it", async () => {
    const { store, server } = await opened(300);
    vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
    const page = server.page;
    let asked = 0;
    server.page = async () => {
      asked += 1;
      throw new Error("busy");
    };
    store.subscribe(() => store.need(inbox, sort, 60, 80)); // as a list on screen does
    store.need(inbox, sort, 60, 80);
    for (const [after, times] of [
      [0, 1],
      [999, 1],
      [1, 2],
      [1999, 2],
      [1, 3],
      [3_600_000, 125],
    ] as const) {
      await vi.advanceTimersByTimeAsync(after);
      expect(asked).toBe(times);
    }

    store.retry(inbox, sort);
    store.need(inbox, sort, 60, 80);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toBe(126);

    server.page = page;
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.view(inbox, sort).idAt(60)).toBe(fakeRow(60, "inbox").id);
    expect(store.view(inbox, sort).error).toBeUndefined();
  });

  test("does not ask on and on for rows that this device does not keep", async () => {
    const { store, server } = await opened(300);
    vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
    const { page } = server;
    server.calls.length = 0;
    server.page = async (...asked) => ({ ...(await page(...asked)), rows: [] });
    store.subscribe(() => store.need(inbox, sort, 60, 80));
    store.need(inbox, sort, 60, 80);

    await vi.advanceTimersByTimeAsync(2000);

    expect(server.calls).toEqual(["page 60", "page 60"]);
  });
});

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

describe("what this device kept", () => {
  function keptPage(account: FakeAccount, count: number) {
    const page = account.page(inbox, sort, 0, count);
    return { ...page, total: 999, state: 0 };
  }

  test("is shown without asking, and gives way to the server's first page", async () => {
    const account = accountOf(100);
    const server = serverOf(account);
    const store = new MailStore(server);
    const kept = keptPage(account, 30);
    store.takeMailboxList(account.mailboxes);
    store.takeKept(inbox, sort, kept);
    store.watch(inbox, sort);
    store.need(inbox, sort, 20, 60);
    await settle(store);
    expect(store.view(inbox, sort)).toMatchObject({ isLoaded: true, isKept: true, total: 999 });
    expect(store.view(inbox, sort).rowAt(29)?.id).toBe(kept.rows[29]?.id);
    expect(server.calls).toEqual([]);

    account.update({ ids: [kept.rows[0]?.id ?? ""], moveTo: "archive" });
    store.takePage(inbox, sort, account.page(inbox, sort, 0, 30));

    expect(store.view(inbox, sort)).toMatchObject({ isLoaded: true, isKept: false, total: 99 });
    expect(store.view(inbox, sort).idAt(0)).toBe(kept.rows[1]?.id);
    store.need(inbox, sort, 20, 60);
    await settle(store);
    expect(store.view(inbox, sort).rowAt(59)?.id).toBe(fakeRow(60, "inbox").id);
  });

  test("takes acts, which the server's page does not undo", async () => {
    const account = accountOf(100);
    const server = serverOf(account);
    const store = new MailStore(server);
    const kept = keptPage(account, 30);
    const before = account.page(inbox, sort, 0, 30);
    store.takeMailboxList(account.mailboxes);
    store.takeKept(inbox, sort, kept);
    store.watch(inbox, sort);
    store.act("Archive", [{ ids: [kept.rows[0]?.id ?? ""], moveTo: "archive" }]);
    await settle(store);

    store.takePage(inbox, sort, before);
    expect(store.view(inbox, sort).idAt(0)).toBe(kept.rows[1]?.id);
    await settle(store);

    expect(store.view(inbox, sort)).toMatchObject({ isKept: false, total: 99 });
    expect(store.view(inbox, sort).idAt(0)).toBe(kept.rows[1]?.id);
  });

  test("is a list like others where the server's page does not come", async () => {
    const account = accountOf(100);
    const server = serverOf(account);
    const store = new MailStore(server);
    store.takeMailboxList(account.mailboxes);
    store.takeKept(inbox, sort, keptPage(account, 30));
    store.watch(inbox, sort);

    store.endKept();
    store.need(inbox, sort, 20, 60);
    await settle(store);

    expect(store.view(inbox, sort)).toMatchObject({ isKept: false, total: 100 });
    expect(store.view(inbox, sort).rowAt(59)?.id).toBe(fakeRow(59, "inbox").id);
  });
});
