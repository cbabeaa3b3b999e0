/** One thing done by an administrator: busy, refused with a reason, or done and everything shown anew. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isApiError } from "@/api";

export type Refusal = { message: string; field: string | undefined };

export function useAct() {
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  /** Whether it was done. */
  async function act(verb: () => Promise<unknown>): Promise<boolean> {
    setPending(true);
    setRefusal(undefined);
    try {
      await verb();
      await client.invalidateQueries({ queryKey: ["admin"] });
      return true;
    } catch (error) {
      setRefusal({
        message: error instanceof Error ? error.message : String(error),
        field: isApiError(error) ? error.field : undefined,
      });
      return false;
    } finally {
      setPending(false);
    }
  }
  return { act, isPending, refusal, forget: () => setRefusal(undefined) };
}
