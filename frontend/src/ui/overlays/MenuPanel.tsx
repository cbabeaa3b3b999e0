/** The list of a menu: arrows, typing ahead, and Escape come from React Aria. */
import { Check } from "lucide-react";
import type { RefObject } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover } from "react-aria-components";
import type { MenuEntry, MenuGroup, MenuPlacement } from "../Menu";
import styles from "./overlays.module.css";

export type MenuPanelProps = {
  label: string;
  groups: MenuGroup[];
  triggerRef: RefObject<HTMLElement | null>;
  placement: MenuPlacement;
  onClose: () => void;
};

export function MenuPanel({ label, groups, triggerRef, placement, onClose }: MenuPanelProps) {
  const entries = new Map(groups.flatMap((group) => group.items.map((item) => [item.id, item] as const)));
  return (
    <Popover
      aria-label={label}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      placement={placement}
      offset={6}
      className={styles.popover}
    >
      <Menu
        aria-label={label}
        className={styles.menu}
        autoFocus="first"
        onClose={onClose}
        disabledKeys={[...entries.values()].filter((item) => item.disabled).map((item) => item.id)}
        onAction={(key) => entries.get(String(key))?.onAction()}
      >
        {groups.map((group) => (
          <MenuSection
            key={group.id}
            className={styles.section}
            aria-label={group.label ?? label}
            selectionMode={group.selected === undefined ? "none" : "single"}
            selectedKeys={group.selected === undefined ? [] : [group.selected]}
            disallowEmptySelection
          >
            {group.label !== undefined && <Header className={styles.header}>{group.label}</Header>}
            {group.items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Popover>
  );
}

function Item({ item }: { item: MenuEntry }) {
  return (
    <MenuItem
      id={item.id}
      textValue={item.label}
      className={styles.item}
      data-danger={item.danger || undefined}
    >
      {({ isSelected }) => (
        <>
          <span className={styles.icon}>{isSelected ? <Check /> : item.icon}</span>
          <span className={styles.label}>{item.label}</span>
          {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
          {item.shortcut !== undefined && <kbd>{item.shortcut}</kbd>}
        </>
      )}
    </MenuItem>
  );
}
