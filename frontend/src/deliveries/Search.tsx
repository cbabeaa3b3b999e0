/** Looks for a part of an address while it is typed. */
import { Field } from "@/ui";
import styles from "./Deliveries.module.css";
import type { Deliveries } from "./useDeliveries";

export function Search({ label, deliveries }: { label: string; deliveries: Deliveries }) {
  return (
    <search className={styles.tools}>
      <Field
        label={label}
        hideLabel
        type="search"
        placeholder={label}
        size={1}
        className={styles.search}
        autoCapitalize="none"
        spellCheck={false}
        value={deliveries.text}
        onChange={(event) => deliveries.setText(event.target.value)}
      />
    </search>
  );
}
