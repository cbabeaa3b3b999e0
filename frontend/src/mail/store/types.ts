/** The nouns of the mail store, and what it needs from the server. */

import type {
  MailboxFieldsFragment,
  MessageDetailQuery,
  MessageFilter,
  MessageSort,
  RowFieldsFragment,
  ViewQuery,
} from "@/api";

export type Row = RowFieldsFragment;
export type Mailbox = MailboxFieldsFragment;
export type MessageDetail = NonNullable<MessageDetailQuery["message"]>;
/** A part of a search as the server understood it. */
export type Term = ViewQuery["view"]["terms"][number];
export type Sort = MessageSort;
export type Filter = MessageFilter;

/**
 * What a list shows: a mailbox or some of it, by message or by conversation, or the answer to a search (in one
 * mailbox, or in all).
 */
export type Source =
  | { mailboxId: string; search?: undefined; filter?: Filter | undefined; byConversation?: boolean }
  | { search: string; mailboxId?: string; filter?: undefined; byConversation?: undefined };

/**
 * A part of a view as the server has it. `state` is the account's modseq it was read at; `messageTotal` is how many
 * messages all rows of the view stand for.
 */
export type Page = {
  offset: number;
  total: number;
  messageTotal: number;
  state: number;
  rows: Row[];
  terms?: Term[];
};

/** What became different in a mailbox: removed, then added by ascending index of the new list, then updated. */
export type Delta = {
  state: number;
  total: number;
  messageTotal: number;
  isReset: boolean;
  removed: string[];
  added: { index: number; row: Row }[];
  updated: Row[];
  mailboxes: Mailbox[];
};

/** One thing done to messages, in the words of the API. */
export type Change = {
  ids: readonly string[];
  addFlags?: readonly string[];
  removeFlags?: readonly string[];
  moveTo?: string;
  destroy?: boolean;
  /** With `moveTo` Snoozed: when it returns (ISO). */
  snoozeUntil?: string;
  /** Mutes the conversation, or with false ends that. */
  mute?: boolean;
};

export type ChangeResult = {
  state: number;
  failed: { id: string; message: string }[];
  mailboxes: Mailbox[];
};

/** The server as the store sees it; the fake of the tests implements it too. */
export type MailServer = {
  mailboxes: () => Promise<Mailbox[]>;
  page: (source: Source, sort: Sort, offset: number, limit: number) => Promise<Page>;
  changes: (source: Source & { mailboxId: string }, since: number, sort: Sort) => Promise<Delta>;
  update: (change: Change) => Promise<ChangeResult>;
  /** Hears of a change before those ahead of it were answered and `update` is called with it. */
  remember?: (change: Change) => void;
  message: (id: string, showImages: boolean | null) => Promise<MessageDetail | null>;
  /** The message and the others of its conversation; null where it is gone. */
  conversation: (id: string) => Promise<Row[] | null>;
};

/** Keywords and flags as they go over the wire (RFC 9051, RFC 5788). */
export const SEEN = "\\Seen";
export const FLAGGED = "\\Flagged";
export const JUNK = "$Junk";
export const NOT_JUNK = "$NotJunk";
