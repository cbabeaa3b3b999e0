/** Durations in seconds, printed and read; what is printed is read back as the same number. */
import { locale } from "./locale";
import { parseNumber } from "./numbers";

const DAY = 86_400;
const units = [
  ["day", DAY],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "30 minutes", "1 hour", "90 seconds": in the largest unit of which it is a whole number. */
export function formatSeconds(seconds: number): string {
  const [unit, size] =
    units.find(([, size]) => seconds > 0 && seconds % size === 0) ?? (["second", 1] as const);
  return inUnits(seconds / size, unit);
}

/** "30 days". */
export function formatDays(days: number): string {
  return inUnits(days, "day");
}

function inUnits(value: number, unit: string): string {
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(value);
}

// As people write them in English and German.
const sizes: readonly (readonly [RegExp, number])[] = [
  [/^s(ec(ond)?s?|ek(unden?)?)?$/, 1],
  [/^m(in(ute[sn]?|s)?)?$/, 60],
  [/^(h(r|rs|ours?)?|std|stunden?)$/, 3600],
  [/^(d(ays?)?|t(age?)?)$/, DAY],
  [/^(w(eeks?)?|wochen?)$/, 7 * DAY],
];
const PART = /(\d+(?:[.,\s’']\d+)*)\s*(\p{L}+)\.?/gu;

/**
 * Reads "30 minutes", "1 h 30 min" or "2 Tage" as seconds. Null when it is no duration, and for a number without
 * a unit: whoever reads "30 minutes" and types 45 does not mean seconds.
 */
export function parseSeconds(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (/^0+$/.test(typed)) return 0;
  const parts = [...typed.matchAll(PART)];
  if (parts.length === 0 || typed.replace(PART, "").trim() !== "") return null;
  let seconds = 0;
  for (const [, number = "", word = ""] of parts) {
    const size = sizes.find(([words]) => words.test(word))?.[1];
    const count = parseNumber(number);
    if (size === undefined || count === null) return null;
    seconds += count * size;
  }
  return Number.isSafeInteger(seconds) ? seconds : null;
}

/** Reads "30", "30 days" or "2 weeks" as days; null when it is no whole number of them. */
export function parseDays(text: string): number | null {
  const typed = text.trim();
  const bare = parseNumber(typed);
  if (bare !== null) return Number.isSafeInteger(bare) ? bare : null;
  const days = (parseSeconds(typed) ?? Number.NaN) / DAY;
  return Number.isInteger(days) ? days : null;
}
