/** Whom the typed letters may mean; asked after a short pause, older answers dropped. */
import { useEffect, useState } from "react";
import { request } from "@/api";
import { type Holder, HoldersQuery } from "./documents";

const PAUSE_MS = 120;

export function useHolders(text: string): readonly Holder[] {
  const search = text.trim();
  const [found, setFound] = useState<{ search: string; holders: readonly Holder[] }>();
  useEffect(() => {
    if (search === "") return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      request(HoldersQuery, { search }, { signal: leaving.signal })
        .then(({ holders }) => setFound({ search, holders: holders ?? [] }))
        // Without suggestions the address is typed in full.
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [search]);
  return search !== "" && found !== undefined && search.startsWith(found.search) ? found.holders : [];
}
