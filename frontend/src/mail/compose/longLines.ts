/**
 * Lines of a length that can be written in.
 *
 * A browser lays out a line as a whole at every key. One of a million letters, such as a file without line ends that
 * was pasted, takes it seconds each time; the same letters in many lines take no time at all.
 */
export const LONGEST = 20_000;

/** Whether a line of the text is longer than one can write in. */
export function hasLongLine(text: string): boolean {
  return text.length > LONGEST && text.split(/[\r\n]/).some((line) => line.length > LONGEST);
}

/** Where the first part of a longer text ends: behind a space, or where there is none, anywhere. */
export function endOfPart(text: string): number {
  const end = Math.max(text.lastIndexOf(" ", LONGEST - 1), text.lastIndexOf("\n", LONGEST - 1)) + 1;
  return end > LONGEST / 2 ? end : LONGEST;
}

/** The text with its long lines broken. */
export function withShortLines(text: string): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const parts: string[] = [];
      let rest = line;
      while (rest.length > LONGEST) {
        const end = endOfPart(rest);
        parts.push(rest.slice(0, end));
        rest = rest.slice(end);
      }
      return [...parts, rest];
    })
    .join("\n");
}
