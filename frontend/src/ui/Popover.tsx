/** A panel beside a button. The owner holds whether it is open. */
import { lazy, type ReactNode, type RefObject, Suspense } from "react";
import { loadOverlays } from "./loadOverlays";
import type { MenuPlacement } from "./Menu";
import { TypingAhead } from "./typedAhead";
import { useLayer } from "./useLayer";

export type PopoverProps = {
  open: boolean;
  onClose: () => void;
  triggerRef: RefObject<HTMLElement | null>;
  label: string;
  placement?: MenuPlacement;
  children: ReactNode;
};

const FloatingPanel = lazy(() => loadOverlays().then((overlays) => ({ default: overlays.FloatingPanel })));

export function Popover(props: PopoverProps) {
  useLayer(props.open, props.onClose);
  if (!props.open) return null;
  return (
    <Suspense fallback={<TypingAhead onEscape={props.onClose} />}>
      <FloatingPanel {...props} />
    </Suspense>
  );
}
