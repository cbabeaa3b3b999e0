/** What is asked of the server once a part of the page is shown, as long as it is shown. */
import { useEffect, useState } from "react";

export type Remote<T> = { value: T | undefined; error: string | undefined; set: (value: T) => void };

/** `key` says what is asked for; another one asks anew. */
export function useRemote<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Remote<T> {
  const [state, setState] = useState<{ key: string; value?: T; error?: string }>({ key });

  useEffect(() => {
    const leaving = new AbortController();
    load(leaving.signal)
      .then((value) => !leaving.signal.aborted && setState({ key, value }))
      .catch((problem: unknown) => {
        if (leaving.signal.aborted) return;
        setState({ key, error: problem instanceof Error ? problem.message : String(problem) });
      });
    return () => leaving.abort();
  }, [key]);

  const isCurrent = state.key === key;
  return {
    value: isCurrent ? state.value : undefined,
    error: isCurrent ? state.error : undefined,
    set: (value) => setState({ key, value }),
  };
}
