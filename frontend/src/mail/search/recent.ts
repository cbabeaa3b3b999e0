/** Searches made lately in this window; gone with it, since they tell much of whoever searched. */
const key = "postroom.searches";
const MOST = 6;

export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return []; // Without storage nothing is remembered.
  }
}

export function rememberSearch(query: string): void {
  const text = query.trim();
  if (text === "") return;
  const next = [text, ...recentSearches().filter((one) => one !== text)].slice(0, MOST);
  try {
    sessionStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Private windows may refuse storage.
  }
}
