/** Code that is loaded later and did not come: there is a newer version, or no connection. */

/** By the words of Chromium, Firefox, Safari, and of Vite for style sheets. */
export function isMissingCode(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|preload css/i.test(error.message)
  );
}
