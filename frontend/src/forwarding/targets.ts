/** Forwarding addresses as they are typed; pure. */

/** One a line or between commas, each once, whatever its case. */
export function readTargets(text: string): string[] {
  const targets = text.split(/[\s,;]+/).filter((word) => word !== "");
  return targets.filter(
    (target, index) => targets.findIndex((one) => one.toLowerCase() === target.toLowerCase()) === index,
  );
}
