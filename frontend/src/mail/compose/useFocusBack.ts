/** Whoever was led into a part of the page by keys is led back to where they came from when it goes. */
import { useEffect, useState } from "react";

export function useFocusBack(): void {
  // Before anything in it takes the focus.
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What had the focus is gone by now; if it was elsewhere, it stays there.
      if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected)
        from.focus({ preventScroll: true });
    },
    [from],
  );
}
