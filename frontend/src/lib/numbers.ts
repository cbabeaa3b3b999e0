/** Numbers and lists as the language prints them. */
import { locale } from "./locale";

const formats = new Map<string, Intl.NumberFormat>();

export function formatNumber(value: number): string {
  // The first Intl object of a page takes tens of milliseconds; the first screen needs none for its counts.
  if (locale() === "en" && Number.isSafeInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  let format = formats.get(locale());
  if (format === undefined) {
    format = new Intl.NumberFormat(locale());
    formats.set(locale(), format);
  }
  return format.format(value);
}

/** What stands between thousands; a language that puts a space there may be typed with any. */
function groupSign(): string {
  const parts = new Intl.NumberFormat(locale()).formatToParts(1_000_000);
  return parts.find(({ type }) => type === "group")?.value ?? ",";
}

/**
 * Reads a number as it is printed and as people type it: "20000", "20,000" and "1.5" in English, "20.000" and
 * "1,5" in German. Null where it is none.
 */
export function parseNumber(text: string): number | null {
  const typed = text.trim();
  const sign = groupSign();
  const group = /\s/.test(sign) ? "\\s" : `[${sign}\\s]`;
  const whole = new RegExp(`^(?:\\d{1,3}(?:${group}\\d{3})+(?!\\d)|\\d+)`).exec(typed)?.[0];
  if (whole === undefined) return null;
  const rest = typed.slice(whole.length);
  // Three digits after the other sign are thousands in another language: 20.000 is never taken for 20.
  if (!/^(?:[.,](?!\d{3}$)\d+)?$/.test(rest)) return null;
  return Number(whole.replace(/\D/g, "") + rest.replace(",", "."));
}

export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { style: "long", type: "conjunction" }).format(items);
}
