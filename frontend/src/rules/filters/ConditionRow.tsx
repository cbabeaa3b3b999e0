/** One condition: what, how, and to what it is compared. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { FilterField, FilterRelation } from "@/api";
import { Field, IconButton, Select } from "@/ui";
import { type ConditionDraft, fields, relations, withField } from "./draft";
import styles from "./Filters.module.css";
import { useFilterWords } from "./useFilterWords";

export type ConditionRowProps = {
  condition: ConditionDraft;
  number: number;
  error: string | undefined;
  isAlone: boolean;
  onChange: (condition: ConditionDraft) => void;
  onRemove: () => void;
};

export function ConditionRow({ condition, number, error, isAlone, onChange, onRemove }: ConditionRowProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  const { field, relation, isNegated } = condition;
  const options = relations[field].flatMap((one) =>
    [false, true].map((negated) => ({
      value: `${negated ? "!" : ""}${one}`,
      label: words.relationName(field, one, negated),
    })),
  );
  return (
    <div className={styles.part} role="group" aria-label={t`Condition ${number}`}>
      <Select
        label={t`What`}
        hideLabel
        className={styles.what}
        value={field}
        options={fields.map((one) => ({ value: one, label: words.fieldNames[one] }))}
        onChange={(value) => onChange(withField(condition, value as FilterField))}
      />
      {field === "HEADER" && (
        <Field
          label={t`Name of the field`}
          hideLabel
          className={styles.how}
          placeholder="X-Mailer"
          value={condition.header}
          size={1}
          onChange={(event) => onChange({ ...condition, header: event.target.value })}
        />
      )}
      <Select
        label={t`How`}
        hideLabel
        className={styles.how}
        value={`${isNegated ? "!" : ""}${relation}`}
        options={options}
        onChange={(value) =>
          onChange({
            ...condition,
            isNegated: value.startsWith("!"),
            relation: value.replace("!", "") as FilterRelation,
          })
        }
      />
      <Value condition={condition} error={error} onChange={onChange} />
      <IconButton
        label={t`Remove condition ${number}`}
        className={styles.remove}
        disabled={isAlone}
        onClick={onRemove}
      >
        <X />
      </IconButton>
    </div>
  );
}

function Value({ condition, error, onChange }: Pick<ConditionRowProps, "condition" | "error" | "onChange">) {
  const { t } = useLingui();
  const { priorities } = useFilterWords();
  const { field, relation, value } = condition;
  if (relation === "EXISTS")
    return error === undefined ? (
      <span className={styles.value} />
    ) : (
      <p className={styles.refusal} role="alert">
        {error}
      </p>
    );
  if (field === "PRIORITY")
    return (
      <Select
        label={t`Priority`}
        hideLabel
        className={styles.value}
        value={value}
        error={error}
        options={Object.entries(priorities).map(([id, label]) => ({ value: id, label }))}
        onChange={(chosen) => onChange({ ...condition, value: chosen })}
      />
    );
  const examples: Partial<Record<FilterField, string>> = {
    SIZE: "5 MB",
    LIST_ID: "news.example.org",
    ATTACHMENT_NAME: ".pdf",
  };
  return (
    <Field
      label={t`Value`}
      hideLabel
      className={styles.value}
      value={value}
      error={error}
      size={1}
      maxLength={300}
      spellCheck={false}
      autoCapitalize="none"
      placeholder={relation === "DOMAIN" ? "example.org" : examples[field]}
      onChange={(event) => onChange({ ...condition, value: event.target.value })}
    />
  );
}
