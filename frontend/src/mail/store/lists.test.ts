import { afterEach, describe, expect, test, vi } from "vitest";
import type { FakeAccount } from "../../../fake/account";
import { accountOf, inbox, opened, serverOf, settle, sort } from "../../../fake/openedStore";
import { fakeRow } from "../../../fake/rows";
import { MailStore } from "./store";
import { FLAGGED } from "./types";

afterEach(() => void vi.useRealTimers());

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

  test("a page that is newer than a delta on its way is taken as soon as the list has followed", async () => {
    const { account, store, server } = await opened(300);
    const { changes } = server;
    server.changes = async (...asked) => {
      const delta = await changes(...asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return delta;
    };
    const arrive = (id: string, receivedAt: string) =>
      account.add({ ...fakeRow(0, "inbox"), id, receivedAt });
    arrive("new", "2026-11-23T08:00:00.000Z");
    void store.takeNews(account.modseq, ["inbox"], account.mailboxes);
    await Promise.resolve();
    arrive("newer", "2026-11-23T09:00:00.000Z");

    store.need(inbox, sort, 120, 130);

    await vi.waitFor(() => expect(store.view(inbox, sort).idAt(122)).toBe(fakeRow(120, "inbox").id), 500);
    expect(store.view(inbox, sort).idAt(0)).toBe("newer");
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

describe("the mailboxes", () => {
  const named = (store: MailStore) => store.mailboxes()?.map(({ id }) => id);

  test("are those of the question asked last, whichever answer comes first", async () => {
    const { account, server, store } = await opened(5);
    const all = account.mailboxes;
    const answers: ((mailboxes: typeof all) => void)[] = [];
    server.mailboxes = () => new Promise((resolve) => answers.push(resolve));
    const late = new MailStore(server);
    const [before, after] = [late.loadMailboxes(), late.loadMailboxes()];

    answers[1]?.(all.slice(0, 3));
    await after;
    answers[0]?.(all);
    await before;

    expect(named(late)).toEqual(["inbox", "archive", "trash"]);
    expect(named(store)).toEqual(all.map(({ id }) => id));
  });

  test("that are gone are not brought back by what was told of them earlier", async () => {
    const { account, server, store } = await opened(5);
    const release = server.hold();
    store.act("Archive", [{ ids: [fakeRow(0, "inbox").id], moveTo: "archive" }]);
    const junk = account.mailboxes.filter(({ id }) => id === "junk");
    const told = store.takeNews(account.modseq, [], junk);
    const whole = store.takeNews(account.modseq, [], account.mailboxes, true);
    account.mailboxes = account.mailboxes.filter(({ id }) => id !== "junk");
    await store.loadMailboxes();

    release();
    await Promise.all([told, whole, settle(store)]);

    expect(named(store)).toEqual(["inbox", "archive", "trash"]);
  });
});
