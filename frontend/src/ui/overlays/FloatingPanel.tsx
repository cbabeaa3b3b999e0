/** A panel beside what opened it. */
import { Dialog, Popover } from "react-aria-components";
import type { PopoverProps } from "../Popover";
import styles from "./overlays.module.css";

export function FloatingPanel({
  open,
  onClose,
  triggerRef,
  label,
  placement = "bottom start",
  children,
}: PopoverProps) {
  return (
    <Popover
      isOpen={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      placement={placement}
      offset={6}
      className={styles.popover}
    >
      <Dialog aria-label={label} className={styles.panel}>
        {children}
      </Dialog>
    </Popover>
  );
}
