/** Sizes in bytes, printed and read. A kilobyte is 1,024 bytes here, as quotas and limits are counted on the server. */
import { locale } from "./locale";
import { parseNumber } from "./numbers";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "47 KB", "6.2 GB": at most one decimal, none from 10 on. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "narrow" : "short",
    maximumFractionDigits: unit === 0 || value >= 9.95 ? 0 : 1,
  }).format(value);
  // CLDR's short form is the decimal one, kB; these are kilobytes of 1,024. Its narrow form joins number and unit.
  return text.replace(/\bkB\b/, "KB").replace(/(\d)B$/, "$1 B");
}

const powers: Record<string, number> = { b: 0, k: 1, m: 2, g: 3, t: 4 };

/** Reads "10 GB", "1,5 g" or "2048"; null when it is not a size. */
export function parseBytes(text: string): number | null {
  const match = /^\s*(\d[\d.,\s’']*?)\s*([kmgt]?)i?b?(?:yte)?s?\s*$/i.exec(text);
  const number = parseNumber(match?.[1] ?? "");
  if (match === null || number === null) return null;
  const power = powers[(match[2] ?? "").toLowerCase() || "b"] ?? 0;
  const bytes = Math.round(number * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
