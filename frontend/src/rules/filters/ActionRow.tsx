/** One thing that is done, with the folder, tag or addresses it is about. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { FilterAct } from "@/api";
import { Field, IconButton, Select } from "@/ui";
import type { Folder } from "./documents";
import { type ActionDraft, acts } from "./draft";
import styles from "./Filters.module.css";
import { useFilterWords } from "./useFilterWords";
import { useFolderName } from "./useFolders";

export type ActionRowProps = {
  action: ActionDraft;
  number: number;
  folders: readonly Folder[];
  error: string | undefined;
  isAlone: boolean;
  onChange: (action: ActionDraft) => void;
  onRemove: () => void;
};

export function ActionRow({ action, number, folders, error, isAlone, onChange, onRemove }: ActionRowProps) {
  const { t } = useLingui();
  const { actNames } = useFilterWords();
  return (
    <div className={styles.part} role="group" aria-label={t`Action ${number}`}>
      <Select
        label={t`What is done`}
        hideLabel
        className={styles.what}
        value={action.act}
        options={acts.map((one) => ({ value: one, label: actNames[one] }))}
        onChange={(act) => onChange({ ...action, act: act as FilterAct })}
      />
      <Target action={action} folders={folders} error={error} onChange={onChange} />
      <IconButton
        label={t`Remove action ${number}`}
        className={styles.remove}
        disabled={isAlone}
        onClick={onRemove}
      >
        <X />
      </IconButton>
    </div>
  );
}

type TargetProps = Pick<ActionRowProps, "action" | "folders" | "error" | "onChange">;

function Target({ action, folders, error, onChange }: TargetProps) {
  const { t } = useLingui();
  const nameOf = useFolderName();
  switch (action.act) {
    case "MOVE":
    case "COPY":
      return (
        <Select
          label={t`Folder`}
          hideLabel
          className={styles.wide}
          // A folder that is gone is to be chosen anew; a list would show its first one.
          value={folders.some(({ id }) => id === action.mailboxId) ? action.mailboxId : ""}
          error={error}
          options={[
            { value: "", label: t`Choose a folder`, disabled: true },
            ...folders.map((folder) => ({ value: folder.id, label: nameOf(folder) })),
          ]}
          onChange={(mailboxId) => onChange({ ...action, mailboxId })}
        />
      );
    case "TAG":
      return (
        <Field
          label={t`Tag`}
          hideLabel
          className={styles.wide}
          placeholder={t`One word, for example Invoices`}
          value={action.keyword}
          error={error}
          size={1}
          maxLength={100}
          onChange={(event) => onChange({ ...action, keyword: event.target.value })}
        />
      );
    case "FORWARD":
      return (
        <Field
          label={t`Addresses`}
          hideLabel
          className={styles.wide}
          placeholder="somebody@example.org"
          value={action.addresses}
          error={error}
          size={1}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => onChange({ ...action, addresses: event.target.value })}
        />
      );
    default:
      return <span className={styles.wide} />;
  }
}
