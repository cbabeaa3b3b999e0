/** A button that shows only an icon; its name is spoken, and shown on hover together with its shortcut. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { cx } from "./cx";

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label" | "title"> & {
  label: string;
  /** Shown after the name, for example "e". */
  shortcut?: string;
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
      aria-keyshortcuts={shortcut}
      data-tip={label}
      data-tip-key={shortcut}
    >
      {children}
    </button>
  );
}
