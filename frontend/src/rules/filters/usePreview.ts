/** The dry run of what is being typed: asked for when typing pauses, the last answer stands until the next. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { request } from "@/api";
import { FilterPreviewQuery } from "./documents";
import { conditionInputs, type FilterDraft, isComplete } from "./draft";

const PAUSE_MS = 350;
const SHOWN = 5;

export function usePreview(draft: FilterDraft, everywhere: boolean) {
  const isReady = draft.conditions.length > 0 && draft.conditions.every(isComplete);
  const asked = JSON.stringify([draft.match, conditionInputs(draft.conditions)]);
  const [settled, setSettled] = useState(asked);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const [match, conditions] = JSON.parse(settled);
  const query = useQuery({
    queryKey: ["filterPreview", settled, everywhere],
    queryFn: ({ signal }) =>
      request(FilterPreviewQuery, { match, conditions, everywhere, first: SHOWN }, { signal }),
    enabled: isReady && settled === asked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    isReady,
    preview: isReady ? query.data?.filterPreview : undefined,
    isCurrent: isReady && settled === asked && !query.isFetching,
    error: isReady && settled === asked ? query.error : null,
  };
}
