/** Values of settings as people read and type them. */
import { formatBytes, parseBytes } from "@/lib/bytes";
import { formatDays, formatSeconds, parseDays, parseSeconds } from "@/lib/durations";
import { formatNumber, parseNumber } from "@/lib/numbers";
import type { Setting } from "../documents";

export type Value = number | string | boolean | null;
type Described = Pick<Setting, "key" | "kind" | "zeroIsUnlimited">;

/** Words that the language gives; kept out of here so that this stays pure. */
export type Words = { unlimited: string };

/** The value as text for its field. What is typed back from it is the same value. */
export function showValue(setting: Described, value: Value, words: Words): string {
  if (value === null) return "";
  if (setting.kind === "SWITCH") return value === true ? "on" : "off";
  if (typeof value !== "number") return String(value);
  if (value === 0 && setting.zeroIsUnlimited) return words.unlimited;
  switch (setting.kind) {
    case "BYTES":
      return exactBytes(value);
    case "SECONDS":
      return formatSeconds(value);
    case "DAYS":
      return formatDays(value);
    default:
      return formatNumber(value);
  }
}

/** "10 GB" where that is exact, else as many smaller units as it takes. */
function exactBytes(bytes: number): string {
  const text = formatBytes(bytes);
  if (parseBytes(text) === bytes) return text;
  for (const [unit, size] of [
    ["MB", 1024 ** 2],
    ["KB", 1024],
  ] as const) {
    if (bytes % size === 0) return `${formatNumber(bytes / size)} ${unit}`;
  }
  return `${formatNumber(bytes)} B`;
}

/** Reads what was typed; undefined when it is no value of this kind. */
export function readValue(setting: Described, text: string, words: Words): Value | undefined {
  const typed = text.trim();
  switch (setting.kind) {
    case "SWITCH":
      return typed === "on" ? true : typed === "off" ? false : undefined;
    case "TEXT":
      return typed;
    default:
      if (isUnlimited(setting, typed, words)) return 0;
      return readNumber(setting.kind, typed) ?? undefined;
  }
}

/** A size or a duration is read with its unit only: whoever reads "10 GB" and types 20 does not mean bytes. */
function readNumber(kind: Setting["kind"], typed: string): number | null {
  switch (kind) {
    case "BYTES":
      return (parseNumber(typed) ?? 0) > 0 ? null : parseBytes(typed);
    case "SECONDS":
      return parseSeconds(typed);
    case "DAYS":
      return parseDays(typed);
    default: {
      const count = parseNumber(typed);
      return Number.isSafeInteger(count) ? count : null;
    }
  }
}

function isUnlimited(setting: Described, typed: string, words: Words): boolean {
  const folded = typed.toLowerCase();
  return setting.zeroIsUnlimited && [words.unlimited.toLowerCase(), "unlimited", "∞"].includes(folded);
}

/** The same settings with their ceilings in the place of the values. */
export function asCeilings(settings: readonly Setting[]): Setting[] {
  return settings.map((setting) => ({ ...setting, ownValue: setting.ownCeiling }));
}

/** What is changed in a form: by key, the text typed, or null to inherit again. */
export type Drafts = Readonly<Record<string, string | null>>;
export type SettingChange = { setting: Setting; value: Value };

/** The drafts that differ from what is set, and the keys whose text is no value. */
export function changesOf(
  settings: readonly Setting[],
  drafts: Drafts,
  words: Words,
): { changes: SettingChange[]; unreadable: string[] } {
  const changes: SettingChange[] = [];
  const unreadable: string[] = [];
  for (const setting of settings) {
    const draft = drafts[setting.key];
    if (draft === undefined) continue;
    const value = draft === null ? null : readValue(setting, draft, words);
    if (value === undefined) unreadable.push(setting.key);
    else if (value !== setting.ownValue) changes.push({ setting, value });
  }
  return { changes, unreadable };
}
