/** A button that opens a menu. The button is plain; the menu itself comes from the overlays chunk. */
import { type ReactNode, type Ref, useRef, useState } from "react";
import { loadOverlays } from "./loadOverlays";
import { onDemand } from "./onDemand";
import { useLayer } from "./useLayer";

export type MenuEntry = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Shown at the end, teaching the key. */
  shortcut?: string | undefined;
  /** Shown at the end: what the entry stands for. */
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  onAction: () => void;
};
export type MenuGroup = {
  id: string;
  label?: string;
  items: MenuEntry[];
  /** Given: the group is a choice of one, and this is the chosen id. */
  selected?: string;
};
export type MenuPlacement = "bottom start" | "bottom end" | "top start" | "top end";

export type MenuTriggerProps = {
  ref: Ref<HTMLButtonElement>;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  onClick: () => void;
  onPointerEnter: () => void;
};
export type MenuProps = {
  label: string;
  groups: MenuGroup[];
  placement?: MenuPlacement;
  trigger: (props: MenuTriggerProps) => ReactNode;
};

const MenuPanel = onDemand(async () => (await loadOverlays()).MenuPanel);

export function Menu({ label, groups, placement = "bottom start", trigger }: MenuProps) {
  const [open, setOpen] = useState(false);
  const triggerRef = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  useLayer(open, close);
  return (
    <>
      {trigger({
        ref: triggerRef,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        onClick: () => setOpen(true),
        onPointerEnter: () => void loadOverlays(),
      })}
      {open && (
        <MenuPanel
          label={label}
          groups={groups}
          triggerRef={triggerRef}
          placement={placement}
          onClose={close}
        />
      )}
    </>
  );
}
