/** What may be sent as a link; undefined until it is known, and nothing is offered then. */
import { useQuery } from "@tanstack/react-query";
import { request } from "@/api";
import { type FileLinkLimits, FileLinkLimitsQuery } from "./documents";

export function useFileLinkLimits(): FileLinkLimits | undefined {
  return useQuery({
    queryKey: ["settings", "file-link-limits", {}],
    queryFn: ({ signal }) => request(FileLinkLimitsQuery, {}, { signal }),
    staleTime: 300_000,
  }).data?.fileLinkLimits;
}
