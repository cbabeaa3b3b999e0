/** A list of deliveries by search and page; what was shown stays until the next page is there. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Connection } from "./documents";

export const PAGE_SIZE = 30;

export type Asked = { first: number; after: string | null; search: string | null };

/** `scope` names what else the list is chosen by: where it changes, it begins at the newest. */
export function useDeliveries(
  scope: readonly unknown[],
  fetch: (asked: Asked, signal: AbortSignal) => Promise<Connection | null>,
) {
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const place = JSON.stringify([scope, search]);
  const [kept, setKept] = useState<{ place: string; cursors: readonly string[] }>({ place, cursors: [] });
  const cursors = kept.place === place ? kept.cursors : [];
  const asked: Asked = {
    first: PAGE_SIZE,
    after: cursors.at(-1) ?? null,
    search: search === "" ? null : search,
  };
  const query = useQuery({
    queryKey: ["deliveries", scope, asked],
    queryFn: ({ signal }) => fetch(asked, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  return {
    text,
    setText,
    query,
    isFirst: cursors.length === 0,
    older: (cursor: string) => setKept({ place, cursors: [...cursors, cursor] }),
    newer: () => setKept({ place, cursors: cursors.slice(0, -1) }),
  };
}

export type Deliveries = ReturnType<typeof useDeliveries>;
