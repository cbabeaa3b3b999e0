/**
 * The language of the page. English stands in the code, beside what uses it; other languages are one file each,
 * read before the first picture.
 */
import { i18n, type Messages } from "@lingui/core";
import { type CompiledMessage, compileMessage } from "@lingui/message-utils/compileMessage";
import type { Language } from "./lib/languages";
import { setLocale } from "./lib/locale";

const catalogues: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: async () => ({ messages: {} }),
  de: () => import("./locales/de.po"),
};
const compiled = new Map<string, CompiledMessage>();

/** Puts a language in force; dates and numbers follow the browser's region where it speaks it. */
export async function speak(language: Language): Promise<void> {
  i18n.setMessagesCompiler((message) => {
    let made = compiled.get(message);
    if (made === undefined) {
      made = compileMessage(message);
      compiled.set(message, made);
    }
    return made;
  });
  const { messages } = await catalogues[language]();
  i18n.load(language, messages);
  i18n.activate(language);
  const region = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`));
  setLocale(language === "en" ? "en" : (region ?? language));
  document.documentElement.lang = language;
}
