/** Points in time as people read them. All take ISO text from the API; `now` is given so that tests are exact. */
import { locale } from "./locale";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = locale() + JSON.stringify(options);
  let formatter = formats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale() === "en" ? undefined : locale(), options);
    formats.set(key, formatter);
  }
  return formatter.format(date);
}

/** The browser's time zone by its IANA name, which every time on the page is in. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** For a list: the time today, the weekday within six days, day and month this year, else the date. */
export function listTime(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const days = dayNumber(now) - dayNumber(date);
  if (days === 0) return format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (days > 0 && days < 7) return format(date, { weekday: "short" });
  if (date.getFullYear() === now.getFullYear()) return format(date, { day: "numeric", month: "short" });
  return format(date, { year: "numeric", month: "numeric", day: "numeric" });
}

/** When something is due: the time today, weekday and time within six days, else day and month with the time. */
export function dueTime(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const days = dayNumber(date) - dayNumber(now);
  if (days === 0) return format(date, time);
  if (days > 0 && days < 7) return format(date, { weekday: "short", ...time });
  return format(date, { day: "numeric", month: "short", ...time });
}

/** Date and time in full, as the head of a message shows them. */
export function fullTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : format(date, { dateStyle: "medium", timeStyle: "short" });
}

/** Just the date, for tables. */
export function shortDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : format(date, { dateStyle: "medium" });
}

/** The date of a day that others have counted by universal time. */
export function universalDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : format(date, { dateStyle: "medium", timeZone: "UTC" });
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 hours ago", "in 2 days"; "now" within a minute. */
export function relativeTime(iso: string, now: Date = new Date()): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const formatter = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return formatter.format(Math.trunc(seconds / size), unit);
  }
  return formatter.format(0, "second");
}

function dayNumber(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);
}
