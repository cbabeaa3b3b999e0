/** A button that shows only an icon; its name is spoken, and shown on hover together with its shortcut. */
import type { ComponentProps, ReactNode } from "react";
import { ariaChord, showChord } from "@/lib/keys";
import styles from "./Button.module.css";
import { cx } from "./cx";

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label" | "title"> & {
  label: string;
  /** The chord that does the same, shown after the name: "e", "Mod+b". */
  shortcut?: string | undefined;
  size?: "s" | "m";
  children: ReactNode;
};

export function IconButton({ label, shortcut, size = "m", children, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(styles.icon, className)}
      data-size={size}
      aria-label={label}
      aria-keyshortcuts={shortcut && ariaChord(shortcut)}
      data-tip={label}
      data-tip-key={shortcut && showChord(shortcut)}
    >
      {children}
    </button>
  );
}
