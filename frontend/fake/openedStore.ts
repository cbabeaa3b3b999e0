/** A store with the list of an account in front of it, whose answers can be held back. */
import { MailStore } from "@/mail/store/store";
import type { MailServer, Source } from "@/mail/store/types";
import { FakeAccount } from "./account";
import { fakeRow } from "./rows";

export const inbox = { mailboxId: "inbox" };
export const sort = "DATE_DESC";

export function accountOf(count: number): FakeAccount {
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
export function serverOf(account: FakeAccount) {
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

export async function settle(store: MailStore) {
  for (let turn = 0; turn < 12; turn += 1) {
    await store.settled();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function opened(count: number, source: Source & { mailboxId: string } = inbox) {
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
