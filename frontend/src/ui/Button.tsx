/** A push button. Plain element: it is on the first screen, before any overlay code is loaded. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { cx } from "./cx";
import { Spinner } from "./Spinner";

export type ButtonProps = ComponentProps<"button"> & {
  variant?: "primary" | "plain" | "quiet" | "danger" | "link";
  size?: "s" | "m" | "l";
  icon?: ReactNode;
  /** Busy: keeps its width and its focus, ignores presses. */
  pending?: boolean;
};

export function Button({
  variant = "plain",
  size = "m",
  icon,
  pending,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(styles.button, className)}
      data-variant={variant}
      data-size={size}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {pending ? <Spinner /> : icon}
      {children !== undefined && <span className={styles.text}>{children}</span>}
    </button>
  );
}
