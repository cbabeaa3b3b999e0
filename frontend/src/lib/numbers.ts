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

export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { style: "long", type: "conjunction" }).format(items);
}
