/** Whom the typed letters may mean; asked after a short pause, older answers dropped. */
import { useEffect, useState } from "react";
import { request } from "@/api";
import type { Person } from "@/lib/addresses";
import { SuggestionsQuery } from "./documents";

const PAUSE_MS = 120;

export function useSuggestions(text: string): readonly Person[] {
  const wanted = text.trim();
  const [found, setFound] = useState<{ text: string; people: readonly Person[] }>({ text: "", people: [] });

  useEffect(() => {
    if (wanted === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      request(SuggestionsQuery, { text: wanted }, { signal: abort.signal })
        .then(({ suggestions }) =>
          setFound({ text: wanted, people: suggestions.map(({ name, address }) => ({ name, address })) }),
        )
        // Without suggestions the address is typed in full.
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);

  // While more is typed the list before stays, as far as it still fits.
  return found.text !== "" && wanted.startsWith(found.text)
    ? found.people.filter((person) => found.text === wanted || fits(person, wanted))
    : [];
}

function fits(person: Person, text: string): boolean {
  const wanted = text.toLowerCase();
  return ` ${person.name} ${person.address}`.toLowerCase().includes(` ${wanted}`);
}
