/** Reads for administration: cached by document and variables, all thrown away together after an act. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type GraphqlDocument, request } from "@/api";

export function useAdminQuery<Result, Variables>(
  name: string,
  document: GraphqlDocument<Result, Variables>,
  variables: Variables,
  /** Asked again this often while it is on screen. */
  everyMs?: number,
) {
  return useQuery({
    queryKey: ["admin", name, variables],
    queryFn: ({ signal }) =>
      // The rest parameter of request() depends on the document; here it is always given.
      (request as (d: typeof document, v: Variables, o: { signal: AbortSignal }) => Promise<Result>)(
        document,
        variables,
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
  });
}
