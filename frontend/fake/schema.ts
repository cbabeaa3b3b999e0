/** The SDL executed in memory: enough of the server to look at every mail screen and to sign in. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from "graphql";
import type { Change } from "@/mail/store/types";
import { FakeAccount } from "./account.ts";
import { fakeHtml, fakeText } from "./body.ts";
import { fakeRow } from "./rows.ts";

const file = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

const person = { name: "Maren Holt", address: "maren@example.org" };
const allPermissions = [
  "MAIL_USE",
  "DOMAIN_READ",
  "DOMAIN_MANAGE",
  "DOMAINS_MANAGE",
  "USERS_READ",
  "USERS_MANAGE",
  "PASSWORDS_SET",
  "ALIASES_MANAGE",
  "LIMITS_MANAGE",
  "SYSTEM_LIMITS_MANAGE",
  "SPOOL_READ",
  "SPOOL_MANAGE",
  "SYSTEM_READ",
  "AUDIT_READ",
];

export type FakeOptions = { messages?: number; signedIn?: boolean; isSetUp?: boolean };

export class FakeServer {
  readonly account = new FakeAccount();
  readonly #schema: GraphQLSchema = buildSchema(file("../../schema/graphql/schema.graphql"), {
    assumeValidSDL: true,
  });
  #signedIn: boolean;
  #isSetUp: boolean;
  #trusted = new Set<string>();

  constructor({ messages = 100_000, signedIn = true, isSetUp = true }: FakeOptions = {}) {
    this.#signedIn = signedIn;
    this.#isSetUp = isSetUp;
    const { account } = this;
    account.addMailbox("1", "INBOX", "INBOX");
    account.addMailbox("2", "Drafts", "DRAFTS");
    account.addMailbox("3", "Sent", "SENT");
    account.addMailbox("4", "Archive", "ARCHIVE");
    account.addMailbox("5", "Junk", "JUNK");
    account.addMailbox("6", "Trash", "TRASH");
    account.addMailbox("7", "Projects");
    account.addMailbox("8", "Projects/North wing");
    account.addMailbox("9", "Projects/Planning day");
    account.addMailbox("10", "Receipts");
    account.addMailbox("11", "Snoozed", "SNOOZED");
    const newest = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
    for (let index = 0; index < messages; index += 1)
      account.add(fakeRow(index, "1", newest), { silent: true });
    for (let index = 0; index < 3; index += 1) {
      account.add({ ...fakeRow(index, "8", newest), id: `p${index}`, isSeen: false }, { silent: true });
      account.add({ ...fakeRow(index + 7, "5", newest), id: `j${index}`, isSeen: false }, { silent: true });
    }
    account.settle();
  }

  /** Answers a request as POST /graphql does. */
  async answer(body: {
    documentId?: string;
    query?: string;
    variables?: Record<string, unknown>;
  }): Promise<unknown> {
    const documents: Record<string, string> = JSON.parse(file("../src/api/gql/persisted-documents.json"));
    const source = body.query ?? documents[body.documentId ?? ""];
    if (source === undefined)
      return { errors: [{ message: "Unknown document", extensions: { code: "NOT_FOUND" } }] };
    return graphql({ schema: this.#schema, source, rootValue: this.#root(), variableValues: body.variables });
  }

  #root() {
    const { account } = this;
    const me = () => {
      if (!this.#signedIn)
        throw new GraphQLError("Please sign in", { extensions: { code: "UNAUTHENTICATED" } });
    };
    return {
      instance: { isSetUp: this.#isSetUp, hostname: "mail.example.org", version: "0.1.0" },
      viewer: () => (this.#signedIn ? this.#viewer() : null),
      mailboxes: () => {
        me();
        return account.mailboxes.map((one) => ({ ...one, sizeBytes: 0, isSubscribed: true }));
      },
      view: ({ mailboxId, search, sort, offset, limit }: ViewArgs) => {
        me();
        return account.page(
          search == null ? { mailboxId: mailboxId ?? "1" } : { search, ...(mailboxId && { mailboxId }) },
          sort,
          offset,
          limit,
        );
      },
      viewChanges: ({
        mailboxId,
        since,
        sort,
      }: {
        mailboxId: string;
        since: number;
        sort: ViewArgs["sort"];
      }) => account.changes({ mailboxId }, since, sort),
      message: ({ id }: { id: string }) => this.#message(id),
      conversation: ({ messageId }: { messageId: string }) => {
        const row = this.account.get(messageId);
        return row === undefined ? null : [row];
      },
      suggestions: () => [],
      submissions: () => [],
      updateMessages: ({ input }: { input: FakeUpdate }) => withCodes(account.update(changeOf(input))),
      trustSender: ({ address, trusted }: { address: string; trusted: boolean }) => {
        if (trusted) this.#trusted.add(address);
        else this.#trusted.delete(address);
        return true;
      },
      signIn: ({ password }: { password: string }) => {
        if (password !== "secret")
          throw new GraphQLError("Wrong password", { extensions: { code: "UNAUTHENTICATED" } });
        this.#signedIn = true;
        return { viewer: this.#viewer(), secondStep: null };
      },
      signOut: () => {
        this.#signedIn = false;
        return true;
      },
    };
  }

  #viewer() {
    return {
      preferences: [],
      id: "1",
      ...person,
      role: "SYSTEM_ADMINISTRATOR",
      permissions: allPermissions,
      domain: { id: "1", name: "example.org" },
      quota: { usedBytes: 6.2 * 1024 ** 3, limitBytes: 20 * 1024 ** 3 },
      identities: [
        { ...person, ownName: "", replyTo: "", isDefault: true, signatureId: null, replySignatureId: null },
      ],
      undoSeconds: 10,
      writesPlainText: false,
      maxMessageBytes: 52_428_800,
      maxRecipients: 500,
      moderatesLists: false,
      mustSetUpTwoStep: false,
      sessions: [],
    };
  }

  #message(id: string) {
    const row = this.account.get(id);
    if (row === undefined) return null;
    const isFirst = Number(id) % 5 === 0;
    const isTrusted = this.#trusted.has(row.from.address);
    return {
      id,
      row,
      messageId: `<${id}@example.org>`,
      from: [row.from],
      sender: [row.from],
      to: [person],
      cc: [{ name: "Sofia Rossi", address: "sofia@northwing.example" }],
      bcc: [],
      replyTo: [],
      deliveryReports: [],
      sentAt: row.receivedAt,
      body: ({ showImages }: { showImages: boolean | null }) => ({
        html: fakeHtml,
        text: fakeText,
        blockedImages: isFirst && !(showImages ?? isTrusted) ? 1 : 0,
        offersImages: true,
        hasQuote: true,
        isTruncated: false,
        isDarkFriendly: false,
      }),
      attachments: isFirst
        ? [
            attachment(id, "2", "north-wing-budget.xlsx", 48_128),
            attachment(id, "3", "site-plan.pdf", 912_384),
          ]
        : [],
      attachmentCount: isFirst ? 2 : 0,
      origin: {
        standing: "VERIFIED",
        fromDomain: row.from.address.split("@")[1] ?? "",
        isSignedByDomain: true,
        isSentByDomain: true,
        signers: [row.from.address.split("@")[1] ?? ""],
        checks: [],
        returnPath: row.from.address,
        listId: "",
        path: [],
      },
      unsubscribe: null,
      senderLook: { ownColours: false, hideImages: false },
      thread:
        row.threadCount > 1
          ? [1, 2].map((step) => ({ ...row, id: String(Number(id) - step), subject: row.subject }))
          : [],
      headers: `From: ${row.from.name} <${row.from.address}>\r\nSubject: ${row.subject}\r\n`,
      draft: null,
    };
  }
}

type ViewArgs = {
  mailboxId: string | null;
  search: string | null;
  sort: "DATE_DESC" | "DATE_ASC";
  offset: number;
  limit: number;
};

function attachment(id: string, part: string, name: string, sizeBytes: number) {
  return {
    part,
    name,
    contentType: "application/octet-stream",
    sizeBytes,
    isInline: false,
    url: `/files/${id}/${part}`,
    preview: null,
  };
}

type FakeUpdate = {
  ids: string[];
  moveTo?: string | null;
  snoozeUntil?: string | null;
  mute?: boolean | null;
};

/** What the page does, as the fake account takes it. */
function changeOf({ moveTo, snoozeUntil, mute, ...rest }: FakeUpdate): Change {
  return {
    ...rest,
    ...(moveTo != null && { moveTo }),
    ...(snoozeUntil != null && { snoozeUntil, moveTo: "11" }),
    ...(mute != null && { mute }),
  };
}

function withCodes(result: ReturnType<FakeAccount["update"]>) {
  return { ...result, failed: result.failed.map((one) => ({ ...one, code: "PERMISSION_DENIED" })) };
}
