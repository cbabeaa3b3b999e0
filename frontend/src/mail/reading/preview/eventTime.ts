/** When an event is, as one reads it: in the reader's own time, and with the zone of the event where that differs. */
import { locale } from "@/lib/locale";

export type EventTime = { at: string | null; local: string; zone: string; isDay: boolean };

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale() === "en" ? undefined : locale(), options);
}

/** `zone` is the reader's, given in tests. */
export function eventTime(starts: EventTime, ends: EventTime | null, zone?: string): string {
  if (starts.isDay) return days(starts.local, ends?.isDay ? ends.local : null);
  const from = moment(starts, zone);
  const to = ends === null ? null : moment(ends, zone);
  const format = formatter({ dateStyle: "full", timeStyle: "short", timeZone: from.zone });
  return to === null ? format.format(from.date) : format.formatRange(from.date, to.date);
}

/** A time without a zone is the same on every clock: it is printed as it stands. */
function moment(
  { at, local }: EventTime,
  zone: string | undefined,
): { date: Date; zone: string | undefined } {
  return at === null ? { date: new Date(`${local}Z`), zone: "UTC" } : { date: new Date(at), zone };
}

/** Whole days; the end is the day after the last. */
function days(first: string, after: string | null): string {
  const format = formatter({ dateStyle: "full", timeZone: "UTC" });
  const from = new Date(`${first}T00:00:00Z`);
  const last = after === null ? from : new Date(Date.parse(`${after}T00:00:00Z`) - 86_400_000);
  return last.getTime() <= from.getTime() ? format.format(from) : format.formatRange(from, last);
}
