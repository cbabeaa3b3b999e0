/** How a mailbox's list is sorted and filtered: kept for each mailbox, on all devices (app/kept). */
import type { Filter, Sort } from "../store/types";

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
