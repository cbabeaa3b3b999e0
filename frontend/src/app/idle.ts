/** Work that can wait until the page stands. */
import { useEffect, useState } from "react";

/** Calls once the browser has nothing better to do. */
export function whenIdle(run: () => void): void {
  if (globalThis.requestIdleCallback === undefined) setTimeout(run, 300);
  else requestIdleCallback(run, { timeout: 2_000 });
}

/** False while the component is new and the browser still busy with it. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  return isIdle;
}
