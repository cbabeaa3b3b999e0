/** Which sections a search means; pure. */

/** Every word that was typed must begin some word of the section. */
export function isFound(typed: string, ...texts: readonly string[]): boolean {
  const known = texts.join(" ").toLocaleLowerCase().split(/\s+/);
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => known.some((one) => one.startsWith(word)));
}
