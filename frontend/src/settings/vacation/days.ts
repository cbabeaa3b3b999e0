/** First and last day of being away, as fields of dates have them (YYYY-MM-DD, in the time of this device); pure. */

function dayOf(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function midnight(day: string, later: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  return new Date(year, month - 1, date + later).toISOString();
}

/**
 * The moment the first day begins; null for none. A day that was left alone keeps the moment it had: that may have
 * been chosen where the clocks say something else.
 */
export const beginningOf = (day: string, had: string | null = null): string | null =>
  had !== null && day === firstDay(had) ? had : midnight(day, 0);

/** The moment the last day is over. */
export const endOf = (day: string, had: string | null = null): string | null =>
  had !== null && day === lastDay(had) ? had : midnight(day, 1);

export const firstDay = (startsAt: string | null): string =>
  startsAt === null ? "" : dayOf(new Date(startsAt));

export const lastDay = (endsAt: string | null): string =>
  endsAt === null ? "" : dayOf(new Date(new Date(endsAt).getTime() - 1));
