/** What lies over the page is closed by the Back button or gesture before the page is left. */
import { useEffect, useRef } from "react";
import { pageHistory } from "@/lib/pageHistory";

/** While it is open, Back calls `onClose`, which does what Escape would; what then stays open stays on top. */
export function useLayer(isOpen: boolean, onClose: () => void): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => (isOpen ? pageHistory.open(() => latest.current()) : undefined), [isOpen]);
}
