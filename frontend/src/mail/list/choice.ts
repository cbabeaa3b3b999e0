/** How a mailbox's list is sorted and filtered: kept for each mailbox, on all devices (app/kept). */
import type { Preferences } from "@/app";
import { isAnothers } from "../names";
import type { Filter, Mailbox, Sort } from "../store/types";

export type ListChoice = { sort: Sort; filter: Filter | undefined };

export const sorts: readonly Sort[] = [
  "DATE_DESC",
  "DATE_ASC",
  "SENDER",
  "SENDER_DESC",
  "SUBJECT",
  "SUBJECT_DESC",
  "SIZE",
  "SIZE_ASC",
  "UNREAD_FIRST",
  "STARRED_FIRST",
];
/** In these a list can be one of conversations. */
const ofConversations: ReadonlySet<Sort> = new Set([
  "DATE_DESC",
  "DATE_ASC",
  "UNREAD_FIRST",
  "STARRED_FIRST",
]);

/** Whether a mailbox's list has a row for each conversation: of drafts and of what waits to be sent each stands for itself. */
export function isByConversation(mailbox: Mailbox, sort: Sort, wanted: Preferences): boolean {
  return (
    wanted.conversations &&
    !wanted.separateMailboxes.includes(mailbox.id) &&
    ofConversations.has(sort) &&
    mailbox.specialUse !== "DRAFTS" &&
    mailbox.specialUse !== "SCHEDULED" &&
    !isAnothers(mailbox)
  );
}

export const filters: readonly Filter[] = ["UNREAD", "STARRED", "ATTACHMENTS", "TAGGED"];

/** What was kept, as far as it can be understood; else newest first and everything. */
export function listChoice(value: unknown): ListChoice {
  const { sort, filter } =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return {
    sort: sorts.find((one) => one === sort) ?? "DATE_DESC",
    filter: filters.find((one) => one === filter),
  };
}

export function isSame(a: ListChoice, b: ListChoice): boolean {
  return a.sort === b.sort && a.filter === b.filter;
}
