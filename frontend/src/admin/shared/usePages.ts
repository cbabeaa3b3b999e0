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

export function usePages(): Pages {
  const [text, setText] = useState("");
  const [cursors, setCursors] = useState<readonly string[]>([]);
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
