/**
 * Tags: IMAP keywords that people give, with a name and a colour of the user's own (kept under `tag:<keyword>`).
 *
 * Thunderbird's five labels have its names and colours until the user gives them others. A keyword is ASCII
 * (RFC 9051), so a name in other letters has one made from it.
 */
import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";
import { keep, kept, useKept } from "@/app";
import { locale } from "@/lib/locale";

export type Tag = { keyword: string; name: string; hue: number };
export const hues = [0, 1, 2, 3, 4, 5, 6] as const;

type KeptTag = { name?: string; hue?: number; isGone?: boolean };

function standardName(keyword: string): string {
  switch (keyword.toLowerCase()) {
    case "$label1":
      return t`Important`;
    case "$label2":
      return t`Work`;
    case "$label3":
      return t`Personal`;
    case "$label4":
      return t`To do`;
    case "$label5":
      return t`Later`;
    default:
      return keyword.replaceAll("_", " ");
  }
}
const standardHues: Record<string, number> = { $label1: 6, $label2: 0, $label3: 5, $label4: 1, $label5: 4 };

function keptOf(kept: Readonly<Record<string, unknown>>, keyword: string): KeptTag {
  const value = kept[`tag:${keyword}`];
  return typeof value === "object" && value !== null ? value : {};
}

export function tagOf(kept: Readonly<Record<string, unknown>>, keyword: string): Tag {
  const { name, hue } = keptOf(kept, keyword);
  return {
    keyword,
    name: typeof name === "string" && name !== "" ? name : standardName(keyword),
    hue:
      hues.find((one) => one === hue) ?? standardHues[keyword.toLowerCase()] ?? hashOf(keyword) % hues.length,
  };
}

function hashOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return hash;
}

/** Keywords of the account, as the server told them and as they were seen since. */
let known: readonly string[] = [];
const listeners = new Set<() => void>();

export function learnTags(keywords: readonly string[]): void {
  const next = [...new Set([...known, ...keywords.filter((one) => !one.startsWith("$") || isLabel(one))])];
  if (next.length === known.length) return;
  known = next;
  for (const listener of listeners) listener();
}

const isLabel = (keyword: string) => /^\$label[1-5]$/i.test(keyword);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The user's tags by name; those that were removed are not among them. */
export function useTags(): Tag[] {
  const values = useKept();
  return tagsAmong(
    values,
    useSyncExternalStore(subscribe, () => known),
  );
}

/** The keywords of tags with a word in their name that begins like the text. */
export function tagsNamed(text: string): string[] {
  const wanted = ` ${text.toLocaleLowerCase()}`;
  return tagsAmong(kept(), known)
    .filter(({ name }) => ` ${name.toLocaleLowerCase()}`.includes(wanted))
    .map(({ keyword }) => keyword);
}

function tagsAmong(values: Readonly<Record<string, unknown>>, keywords: readonly string[]): Tag[] {
  return keywords
    .filter((keyword) => keptOf(values, keyword).isGone !== true)
    .map((keyword) => tagOf(values, keyword))
    .sort((a, b) => a.name.localeCompare(b.name, locale()));
}

/** A keyword for a new name: its ASCII letters and digits, and unlike the others. */
export function keywordFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9.-]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, 60);
  const base = plain === "" ? `tag-${hashOf(name).toString(36)}` : plain;
  const used = new Set(taken.map((one) => one.toLowerCase()));
  let keyword = base;
  for (let number = 2; used.has(keyword.toLowerCase()); number += 1) keyword = `${base}-${number}`;
  return keyword;
}

/** A new tag, or a removed one that is wanted again. */
export function makeTag(name: string, all: readonly Tag[]): Tag {
  const keyword = keywordFor(
    name,
    all.map((one) => one.keyword),
  );
  const hue = hues.find((one) => !all.some((tag) => tag.hue === one)) ?? all.length % hues.length;
  saveTag({ keyword, name, hue });
  learnTags([keyword]);
  return { keyword, name, hue };
}

export function saveTag({ keyword, name, hue }: Tag): void {
  keep(`tag:${keyword}`, { name, hue });
}

/** Takes it out of sight; its keyword is taken from messages by an act of its own. */
export function hideTag(keyword: string): void {
  keep(`tag:${keyword}`, { isGone: true });
}
