/** Whom the typed letters may mean; asked after a short pause, older answers dropped. */
import { useEffect, useState } from "react";
import { request } from "@/api";
import type { Person } from "@/lib/addresses";
import { HideSuggestionMutation, SuggestionsQuery } from "./documents";

const PAUSE_MS = 120;
/** Addresses that were hidden here: an answer on its way may still have them. */
const hidden = new Set<string>();

export type Suggestions = { people: readonly Person[]; hide: (person: Person) => void };

export function useSuggestions(text: string): Suggestions {
  const wanted = text.trim();
  const [found, setFound] = useState<{ text: string; people: readonly Person[] }>({ text: "", people: [] });

  useEffect(() => {
    if (wanted === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      request(SuggestionsQuery, { text: wanted }, { signal: abort.signal })
        .then(({ suggestions }) =>
          setFound({
            text: wanted,
            people: suggestions.flatMap(({ name, address }) =>
              hidden.has(address) ? [] : { name, address },
            ),
          }),
        )
        // Without suggestions the address is typed in full.
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);

  function hide({ address }: Person) {
    setFound(({ text: asked, people }) => ({
      text: asked,
      people: people.filter((one) => one.address !== address),
    }));
    hidden.add(address);
    // Where it could not be told, it is only suggested again.
    request(HideSuggestionMutation, { address }).catch(() => hidden.delete(address));
  }

  // While more is typed the list before stays, as far as it still fits.
  const people =
    found.text !== "" && wanted.startsWith(found.text)
      ? found.people.filter((person) => found.text === wanted || fits(person, wanted))
      : [];
  return { people, hide };
}

function fits(person: Person, text: string): boolean {
  const known = ` ${person.name} ${person.address} ${person.address.replace(/.*@/, "")}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.includes(` ${word}`));
}
