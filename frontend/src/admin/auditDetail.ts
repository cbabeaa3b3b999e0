/** What an entry of the audit log says beside its words; pure. */

/** "targets: a@example.org, b@example.org · is primary: false" for what the server keeps as an object of JSON. */
export function detailWords(detail: string): string {
  let kept: unknown;
  try {
    kept = JSON.parse(detail);
  } catch {
    return detail;
  }
  if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return detail;
  return Object.entries(kept)
    .map(([key, value]) => `${key.replaceAll("_", " ")}: ${valueWords(value)}`)
    .join(" · ");
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).join(", ");
  if (value === null || value === "") return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
