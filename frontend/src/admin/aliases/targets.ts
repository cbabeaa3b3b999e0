/** Targets of an alias as they are typed. */

/** One address a line or between commas, each once; a bare name belongs to the domain. */
export function readTargets(text: string, domain: string): string[] {
  const targets = text
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
    .map((word) => (word.includes("@") ? word : `${word}@${domain}`));
  return targets.filter(
    (target, index) => targets.findIndex((one) => one.toLowerCase() === target.toLowerCase()) === index,
  );
}
