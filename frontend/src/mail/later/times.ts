/** Times people mean by "later", in the zone of the browser; changes of the clock are the platform's business. */

export type LaterChoice = { id: "hour" | "evening" | "tomorrow" | "weekend" | "monday"; at: Date };

const MORNING = 8;
const EVENING = 18;
const MONDAY = 1;
const SATURDAY = 6;

function day(now: Date, daysAhead: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, hour);
}

/** Days until the next such weekday, never today. */
function until(weekday: number, now: Date): number {
  return ((weekday - now.getDay() + 6) % 7) + 1;
}

/** When a snoozed message may return. */
export function snoozeChoices(now: Date): LaterChoice[] {
  return [
    { id: "hour", at: inAnHour(now) },
    ...(now.getHours() < EVENING - 1 ? [{ id: "evening" as const, at: day(now, 0, EVENING) }] : []),
    { id: "tomorrow", at: day(now, 1, MORNING) },
    ...(now.getDay() > 0 && now.getDay() < SATURDAY - 1
      ? [{ id: "weekend" as const, at: day(now, until(SATURDAY, now), MORNING) }]
      : []),
    ...nextMonday(now),
  ];
}

/** When a message may be sent. */
export function sendChoices(now: Date): LaterChoice[] {
  return [
    { id: "hour", at: inAnHour(now) },
    { id: "tomorrow", at: day(now, 1, MORNING) },
    ...nextMonday(now),
  ];
}

/** Unless that is tomorrow. */
function nextMonday(now: Date): LaterChoice[] {
  const days = until(MONDAY, now);
  return days === 1 ? [] : [{ id: "monday", at: day(now, days, MORNING) }];
}

function inAnHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + 3_600_000) / 60_000) * 60_000);
}

/** The value of a datetime-local field. */
export function fieldValue(at: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What a datetime-local field says, undefined for no time or one that has passed. */
export function fromField(value: string, now: Date): Date | undefined {
  const at = new Date(value);
  return value === "" || Number.isNaN(at.getTime()) || at <= now ? undefined : at;
}

/**
 * Whether a field's time is left out or comes twice because the clocks are changed. What it stands for then: of the
 * first kind as much later as the clocks go forward, of the second the first one.
 */
export function changeOf(value: string): "missing" | "twice" | null {
  const at = new Date(value);
  if (value === "" || Number.isNaN(at.getTime())) return null;
  if (fieldValue(at) !== value.slice(0, 16)) return "missing";
  // Somewhere they are changed by half an hour.
  const again = [30, 60].some(
    (minutes) => fieldValue(new Date(at.getTime() + minutes * 60_000)) === fieldValue(at),
  );
  return again ? "twice" : null;
}
