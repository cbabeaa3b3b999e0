/** What the search that is being typed may mean: people, folders, tags, attachments, operators, earlier searches. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { kept } from "@/app";
import { mailStore } from "../mailStore";
import { mailboxName } from "../names";
import { tagOf, tagsNamed } from "../tags/tags";
import { SearchSuggestionsQuery } from "./documents";
import { lastWord, quoted, withLastWord } from "./queryText";
import { recentSearches } from "./recent";

export type Suggestion = {
  id: string;
  kind: "person" | "folder" | "tag" | "file" | "operator" | "recent";
  label: string;
  hint: string;
  /** The whole search, once it is taken. */
  text: string;
};

const MOST = 6;
const PEOPLE = ["from", "to", "cc", "bcc"];

function operators(): [string, string][] {
  return [
    ["from:", t`sender`],
    ["to:", t`recipient`],
    ["from:me", t`written by me`],
    ["to:me", t`to me`],
    ["cc:", t`copy to`],
    ["bcc:", t`blind copy to`],
    ["subject:", t`words in the subject`],
    ["has:attachment", t`with attachments`],
    ["filename:", t`name of an attachment`],
    ["in:", t`folder`],
    ["tag:", t`tag`],
    ["is:unread", t`not read`],
    ["is:starred", t`with a star`],
    ["is:read", t`read`],
    ["is:muted", t`muted conversations`],
    ["before:", t`before a date, such as 2026-03-01`],
    ["after:", t`since a date`],
    ["older_than:", t`older than, such as 7d or 1y`],
    ["newer_than:", t`newer than, such as 7d or 1y`],
    ["larger:", t`larger than, such as 5M`],
    ["smaller:", t`smaller than`],
    ["list:", t`mailing list`],
  ];
}

/** Up to six suggestions for what has been typed; earlier searches for nothing. */
export async function suggest(text: string): Promise<Suggestion[]> {
  const word = lastWord(text).replace(/^-/, "");
  if (text.trim() === "") {
    return recentSearches().map((query) => ({
      id: `recent-${query}`,
      kind: "recent",
      label: query,
      hint: t`Searched lately`,
      text: query,
    }));
  }
  const [, operator = "", value = ""] = /^(?:([a-z_]+):)?"?(.*)$/i.exec(word) ?? [];
  const minus = lastWord(text).startsWith("-") ? "-" : "";
  const take = (replacement: string) => withLastWord(text, minus + replacement);
  const found: Suggestion[] = [];
  if (word !== "" && operator === "") {
    for (const [name, hint] of operators()) {
      if (name.startsWith(word.toLowerCase()) && name !== word)
        found.push({
          id: name,
          kind: "operator",
          label: name,
          hint,
          text: name.endsWith(":") ? take(name).trimEnd() : take(name),
        });
    }
  }
  if (operator === "in" || (operator === "" && value.length > 1)) found.push(...folders(value, take));
  if (
    value.length > 1 &&
    (operator === "" || PEOPLE.includes(operator) || operator === "tag" || operator === "filename")
  )
    found.push(...(await asked(operator, value, take)));
  return found.slice(0, MOST);
}

function folders(value: string, take: (text: string) => string): Suggestion[] {
  const wanted = value.toLocaleLowerCase();
  return (mailStore.mailboxes() ?? [])
    .filter((mailbox) => mailboxName(mailbox).toLocaleLowerCase().startsWith(wanted))
    .slice(0, 4)
    .map((mailbox) => ({
      id: `folder-${mailbox.id}`,
      kind: "folder",
      label: mailboxName(mailbox),
      hint: t`folder`,
      text: take(`in:${quoted(mailbox.specialUse?.toLowerCase() ?? mailbox.path)}`),
    }));
}

async function asked(operator: string, value: string, take: (text: string) => string): Promise<Suggestion[]> {
  const { searchSuggestions: found } = await request(SearchSuggestionsQuery, { text: value });
  const isFor = (...names: string[]) => operator === "" || names.includes(operator);
  return [
    ...(isFor(...PEOPLE)
      ? found.people.map(({ name, address }) => ({
          id: `person-${address}`,
          kind: "person" as const,
          label: name || address,
          hint: name === "" ? t`from them` : address,
          text: take(`${operator || "from"}:${quoted(address)}`),
        }))
      : []),
    ...(isFor("tag")
      ? [...new Set([...tagsNamed(value), ...found.tags])].map((keyword) => ({
          id: `tag-${keyword}`,
          kind: "tag" as const,
          label: tagOf(kept(), keyword).name,
          hint: t`tag`,
          text: take(`tag:${quoted(keyword)}`),
        }))
      : []),
    ...(isFor("filename")
      ? found.files.map((file) => ({
          id: `file-${file}`,
          kind: "file" as const,
          label: file,
          hint: t`attachment`,
          text: take(`filename:${quoted(file)}`),
        }))
      : []),
  ];
}
