/** The languages of the page, and which of them somebody is spoken to in. */

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

/** That of the preference, or the first of the browser's that there is. */
export function languageOf(
  wanted: Language | "auto",
  spoken: readonly string[] = navigator.languages,
): Language {
  if (wanted !== "auto") return wanted;
  const known = spoken
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag !== undefined && tag in languages);
  return (known as Language | undefined) ?? "en";
}
