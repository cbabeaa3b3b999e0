/** A panel beside a button. The owner holds whether it is open. */
import type { ReactNode, RefObject } from "react";
import { loadOverlays } from "./loadOverlays";
import type { MenuPlacement } from "./Menu";
import { onDemand } from "./onDemand";
import { useLayer } from "./useLayer";

export type PopoverProps = {
  open: boolean;
  onClose: () => void;
  triggerRef: RefObject<HTMLElement | null>;
  label: string;
  placement?: MenuPlacement;
  children: ReactNode;
};

const FloatingPanel = onDemand(async () => (await loadOverlays()).FloatingPanel);

export function Popover(props: PopoverProps) {
  useLayer(props.open, props.onClose);
  return props.open ? <FloatingPanel {...props} /> : null;
}
