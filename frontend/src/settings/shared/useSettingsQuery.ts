/** Reads for the settings: cached by document and variables, thrown away together after a change. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type GraphqlDocument, isApiError, request } from "@/api";

export function useSettingsQuery<Result, Variables>(
  name: string,
  document: GraphqlDocument<Result, Variables>,
  variables: Variables,
) {
  return useQuery({
    queryKey: ["settings", name, variables],
    queryFn: ({ signal }) =>
      // The rest parameter of request() depends on the document; here it is always given.
      (request as (d: typeof document, v: Variables, o: { signal: AbortSignal }) => Promise<Result>)(
        document,
        variables,
        { signal },
      ),
  });
}

export type Refusal = { message: string; field: string | undefined };

/** One change: busy, refused with a reason, or done and everything shown anew. */
export function useChange() {
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  /** What it answered; undefined where it was refused. */
  async function change<T>(verb: () => Promise<T>): Promise<T | undefined> {
    setPending(true);
    setRefusal(undefined);
    try {
      const answer = await verb();
      await client.invalidateQueries({ queryKey: ["settings"] });
      return answer;
    } catch (error) {
      setRefusal({
        message: error instanceof Error ? error.message : String(error),
        field: isApiError(error) ? error.field : undefined,
      });
      return undefined;
    } finally {
      setPending(false);
    }
  }
  return { change, isPending, refusal };
}
