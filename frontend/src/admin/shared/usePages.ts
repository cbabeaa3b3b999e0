/** Search and pages of a long table; the server counts and finds. */
import { useDeferredValue, useState } from "react";

export const PAGE_SIZE = 50;

export type Pages = {
  text: string;
  setText: (text: string) => void;
  /** For the query. */
  variables: { first: number; after: string | null; search: string | null };
  index: number;
  next: (cursor: string | null) => void;
  previous: () => void;
};

/** `scope` names what else the rows are chosen by: where it changes, they begin at the first page. */
export function usePages(scope = ""): Pages {
  const [text, setText] = useState("");
  const [kept, setKept] = useState<{ scope: string; cursors: readonly string[] }>({ scope, cursors: [] });
  const cursors = kept.scope === scope ? kept.cursors : [];
  const setCursors = (next: readonly string[]) => setKept({ scope, cursors: next });
  const search = useDeferredValue(text.trim());
  return {
    text,
    setText: (next) => {
      setText(next);
      setCursors([]);
    },
    variables: { first: PAGE_SIZE, after: cursors.at(-1) ?? null, search: search === "" ? null : search },
    index: cursors.length,
    next: (cursor) => cursor !== null && setCursors([...cursors, cursor]),
    previous: () => setCursors(cursors.slice(0, -1)),
  };
}
