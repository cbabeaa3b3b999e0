/** Folders that messages were moved to, the latest first; kept on all devices. */
import { keep, kept } from "@/app";

const name = "recentFolders";
const MOST = 5;

export function recentFolders(values: Readonly<Record<string, unknown>>): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string").slice(0, MOST) : [];
}

/** Something was moved there by hand. */
export function noteFolder(id: string): void {
  const before = recentFolders(kept());
  if (before[0] !== id) keep(name, [id, ...before.filter((one) => one !== id)].slice(0, MOST));
}
