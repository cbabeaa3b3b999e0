/** Which messages of the queue are wanted; kept in the address. */
import { useLingui } from "@lingui/react/macro";
import type { SpoolState } from "@/api";
import { adminHref, navigate } from "@/app";
import { Field, Select } from "@/ui";
import styles from "../Admin.module.css";
import { type QueueFilters, queuePath } from "./filters";
import queue from "./Queue.module.css";

export function Filters({ filters }: { filters: QueueFilters }) {
  const { t } = useLingui();
  const set = (change: Partial<QueueFilters>) =>
    navigate(adminHref(queuePath({ ...filters, ...change })), { replace: true });
  const states: { value: SpoolState | ""; label: string }[] = [
    { value: "", label: t`On their way` },
    { value: "QUEUED", label: t`Waiting` },
    { value: "HELD", label: t`Held` },
    { value: "DELIVERED", label: t`Delivered` },
    { value: "FAILED", label: t`Failed` },
    { value: "DROPPED", label: t`Dropped` },
  ];
  return (
    <search className={styles.tools}>
      <Field
        label={t`Sender, subject or recipient`}
        hideLabel
        type="search"
        placeholder={t`Sender, subject or recipient`}
        size={1}
        className={queue.search}
        value={filters.search}
        onChange={(event) => set({ search: event.target.value })}
      />
      <Field
        label={t`Domain of a recipient`}
        hideLabel
        placeholder={t`To a domain`}
        size={1}
        className={queue.domain}
        autoCapitalize="none"
        spellCheck={false}
        value={filters.domain}
        onChange={(event) => set({ domain: event.target.value })}
      />
      <Select
        label={t`State`}
        hideLabel
        className={queue.state}
        options={states}
        value={filters.state ?? ""}
        onChange={(value) => set({ state: states.find((one) => one.value === value)?.value || undefined })}
      />
    </search>
  );
}
