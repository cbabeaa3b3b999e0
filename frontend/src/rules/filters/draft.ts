/** A filter while it is being written; pure. */
import type {
  FilterAct,
  FilterActionInput,
  FilterConditionInput,
  FilterField,
  FilterInput,
  FilterMatch,
  FilterRelation,
} from "@/api";
import { formatBytes, parseBytes } from "@/lib/bytes";
import type { Filter, Suggestion } from "./documents";

export type ConditionDraft = {
  key: number;
  field: FilterField;
  relation: FilterRelation;
  isNegated: boolean;
  /** As it is typed; a size with its unit. */
  value: string;
  header: string;
};
export type ActionDraft = {
  key: number;
  act: FilterAct;
  mailboxId: string;
  keyword: string;
  /** Addresses as they are typed. */
  addresses: string;
};
export type FilterDraft = {
  name: string;
  isEnabled: boolean;
  match: FilterMatch;
  stops: boolean;
  conditions: ConditionDraft[];
  actions: ActionDraft[];
};

const text: readonly FilterRelation[] = ["CONTAINS", "IS", "BEGINS", "ENDS", "MATCHES"];
const textOrNone: readonly FilterRelation[] = [...text, "EXISTS"];
const address: readonly FilterRelation[] = [
  "IS",
  "CONTAINS",
  "DOMAIN",
  "BEGINS",
  "ENDS",
  "MATCHES",
  "EXISTS",
];

/** What a field can be compared by, the usual one first. */
export const relations: Record<FilterField, readonly FilterRelation[]> = {
  FROM: address,
  RECIPIENT: address,
  TO: address,
  CC: address,
  SUBJECT: textOrNone,
  BODY: ["CONTAINS", "MATCHES"],
  ATTACHMENT: ["EXISTS"],
  ATTACHMENT_NAME: text,
  SIZE: ["OVER", "UNDER"],
  MAILING_LIST: ["EXISTS"],
  LIST_ID: textOrNone,
  PRIORITY: ["IS"],
  SPAM: ["EXISTS"],
  HEADER: textOrNone,
};
export const fields = Object.keys(relations) as FilterField[];
export const acts: readonly FilterAct[] = [
  "MOVE",
  "COPY",
  "TAG",
  "READ",
  "STAR",
  "ARCHIVE",
  "JUNK",
  "DELETE",
  "FORWARD",
];

let lastKey = 0;
const nextKey = () => ++lastKey;

export function newCondition(
  field: FilterField = "FROM",
  more: Partial<ConditionDraft> = {},
): ConditionDraft {
  const value = field === "PRIORITY" ? "high" : "";
  return {
    key: nextKey(),
    field,
    relation: relations[field][0] ?? "CONTAINS",
    isNegated: false,
    value,
    header: "",
    ...more,
  };
}

export function newAction(act: FilterAct = "MOVE", more: Partial<ActionDraft> = {}): ActionDraft {
  return { key: nextKey(), act, mailboxId: "", keyword: "", addresses: "", ...more };
}

export function emptyDraft(): FilterDraft {
  return {
    name: "",
    isEnabled: true,
    match: "ALL",
    stops: false,
    conditions: [newCondition()],
    actions: [newAction()],
  };
}

/** Another field keeps the relation and what was typed, where both still make sense. */
export function withField(condition: ConditionDraft, field: FilterField): ConditionDraft {
  const isText = (one: FilterField) => relations[one].includes("CONTAINS");
  const keeps = isText(field) && isText(condition.field);
  const fresh = newCondition(field, { key: condition.key });
  return {
    ...fresh,
    relation: relations[field].includes(condition.relation) ? condition.relation : fresh.relation,
    isNegated: condition.isNegated,
    value: keeps ? condition.value : fresh.value,
  };
}

/** What a message is best recognised by: the list it came by, else who wrote it. */
export function draftFrom(found: Suggestion): FilterDraft {
  const draft = emptyDraft();
  if (found.listId !== "")
    draft.conditions = [newCondition("LIST_ID", { relation: "CONTAINS", value: found.listId })];
  else if (found.sender !== "")
    draft.conditions = [newCondition("FROM", { relation: "IS", value: found.sender })];
  else if (found.subject !== "")
    draft.conditions = [newCondition("SUBJECT", { relation: "CONTAINS", value: found.subject })];
  return draft;
}

export function draftOf(filter: Filter): FilterDraft {
  return {
    name: filter.name,
    isEnabled: filter.isEnabled,
    match: filter.match,
    stops: filter.stops,
    conditions: filter.conditions.map((one) => ({
      ...one,
      key: nextKey(),
      value: one.field === "SIZE" ? formatBytes(Number(one.value)) : one.value,
    })),
    actions: filter.actions.map((one) => ({
      key: nextKey(),
      act: one.act,
      mailboxId: one.mailboxId ?? "",
      keyword: one.keyword ?? "",
      addresses: one.addresses.join(", "),
    })),
  };
}

/** Whether it says what to look for. */
export function isComplete({ field, relation, value, header }: ConditionDraft): boolean {
  if (field === "HEADER" && header.trim() === "") return false;
  if (relation === "EXISTS") return true;
  return field === "SIZE" ? parseBytes(value) !== null : value.trim() !== "";
}

export function conditionInputs(conditions: readonly ConditionDraft[]): FilterConditionInput[] {
  return conditions.map(({ field, relation, isNegated, value, header }) => ({
    field,
    relation,
    isNegated,
    header: field === "HEADER" ? header.trim() : "",
    value: relation === "EXISTS" ? "" : field === "SIZE" ? String(parseBytes(value) ?? value) : value.trim(),
  }));
}

function actionInput({ act, mailboxId, keyword, addresses }: ActionDraft): FilterActionInput {
  return {
    act,
    mailboxId: (act === "MOVE" || act === "COPY") && mailboxId !== "" ? mailboxId : null,
    keyword: act === "TAG" ? keyword.trim() : "",
    addresses: act === "FORWARD" ? addresses.split(/[\s,;]+/).filter((one) => one !== "") : [],
  };
}

export function inputOf(draft: FilterDraft, name: string): FilterInput {
  return {
    name,
    isEnabled: draft.isEnabled,
    match: draft.match,
    stops: draft.stops,
    conditions: conditionInputs(draft.conditions),
    actions: draft.actions.map(actionInput),
  };
}

/** The whole of a stored filter, to put it back. */
export function inputOfFilter(filter: Filter): FilterInput {
  return {
    name: filter.name,
    isEnabled: filter.isEnabled,
    match: filter.match,
    stops: filter.stops,
    conditions: filter.conditions.map(({ field, relation, value, header, isNegated }) => ({
      field,
      relation,
      value,
      header,
      isNegated,
    })),
    actions: filter.actions.map(({ act, mailboxId, keyword, addresses }) => ({
      act,
      mailboxId,
      keyword: keyword ?? "",
      addresses,
    })),
  };
}

/** The list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, one);
  return next;
}
