/** A person as a disc with initials, in one of seven hues of fixed contrast. Decoration: the name stands beside it. */
import { hueOf, initials } from "@/lib/initials";
import styles from "./Avatar.module.css";

export type AvatarProps = { name: string; address?: string; size?: "s" | "m" | "l" };

export function Avatar({ name, address = "", size = "m" }: AvatarProps) {
  return (
    <span className={styles.avatar} data-size={size} data-hue={hueOf(address || name)} aria-hidden="true">
      {initials(name, address)}
    </span>
  );
}
