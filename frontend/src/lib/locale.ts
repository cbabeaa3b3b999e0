/** The language in force, for everything that prints with Intl. */
let current = "en";

export function setLocale(locale: string): void {
  current = locale;
}

export function locale(): string {
  return current;
}
