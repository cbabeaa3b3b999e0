/** Quiet hours as the server keeps them, "22:00-07:00", and as two fields of time; pure. */

export type Hours = { from: string; to: string };

/** What stands there when they are turned on. */
export const usual: Hours = { from: "22:00", to: "07:00" };

/** Undefined where there are none. */
export function readHours(text: string): Hours | undefined {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Undefined where a field is empty, or they would begin and end at once. */
export function writeHours({ from, to }: Hours): string | undefined {
  const text = `${from.slice(0, 5)}-${to.slice(0, 5)}`;
  return from.slice(0, 5) === to.slice(0, 5) || readHours(text) === undefined ? undefined : text;
}
