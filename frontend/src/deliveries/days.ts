/** Days as a date field has them, in the time of this browser; pure. */

/** The first moment of a day, null where none is chosen. */
export function startOfDay(day: string): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}

/** The first moment after a day, null where none is chosen. */
export function startOfNextDay(day: string): string | null {
  const start = startOfDay(day);
  if (start === null) return null;
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}
