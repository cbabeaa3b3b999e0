/** A filter is written or changed: conditions, what is done, and at once what it matches. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { type FilterMatch, isApiError, request } from "@/api";
import { Button, Checkbox, Dialog, Field, Select } from "@/ui";
import { FailedNote } from "@/ui/Loaded";
import { ActionRow } from "./ActionRow";
import { ConditionRow } from "./ConditionRow";
import { CreateFilterMutation, type Filter, UpdateFilterMutation } from "./documents";
import { conditionInputs, type FilterDraft, inputOf, newAction, newCondition } from "./draft";
import styles from "./Filters.module.css";
import { PreviewPane } from "./PreviewPane";
import { useFilterWords } from "./useFilterWords";
import { useFolders } from "./useFolders";
import { usePreview } from "./usePreview";

export type FilterEditorProps = {
  title: string;
  draft: FilterDraft;
  /** The filter that is changed; a new one without it. */
  id?: string;
  /** What the filter could go by instead, as buttons over the conditions. */
  suggestions?: readonly { label: string; condition: () => FilterDraft["conditions"][number] }[];
  /** `isApplied`: it is wanted for the messages that are there, too. */
  onSaved: (filter: Filter, isApplied: boolean) => void;
  onClose: () => void;
};

export function FilterEditor({ title, draft: first, id, suggestions, onSaved, onClose }: FilterEditorProps) {
  const { t } = useLingui();
  const form = useId();
  const words = useFilterWords();
  const suggestedFor = ({ match, conditions }: FilterDraft) =>
    words
      .conditions({
        match,
        conditions: conditionInputs(conditions).map((one) => ({
          ...one,
          value: one.value ?? "",
        })) as Filter["conditions"],
      })
      .slice(0, 120);
  // A name that only says what it looks for goes with that.
  const [draft, setDraft] = useState(() => ({
    ...first,
    name: first.name === suggestedFor(first) ? "" : first.name,
  }));
  const [everywhere, setEverywhere] = useState(false);
  const [isApplied, setApplied] = useState(false);
  const choices = useFolders();
  const folders = choices.data ?? [];
  const preview = usePreview(draft, everywhere);
  const { save, isPending, refusal } = useSaving(id, (filter) =>
    onSaved(filter, isApplied && inbox !== undefined),
  );
  const suggested = suggestedFor(draft);
  const name = draft.name.trim() || suggested;
  const { matched = 0, lookedAt = 0 } = preview.preview ?? {};
  // The dry run looks at the newest only: of a larger inbox it does not know how many there are.
  const inbox = folders.find(({ specialUse }) => specialUse === "INBOX");
  const isCounted = !everywhere && inbox !== undefined && lookedAt >= inbox.total;
  const errorAt = (part: string, number: number) =>
    refusal?.field?.startsWith(`${part}.${number}.`) ? refusal.message : undefined;
  const isPlaced = /^(conditions|actions)\.\d+\./.test(refusal?.field ?? "");

  return (
    <Dialog
      open
      size="l"
      title={title}
      onClose={onClose}
      dismissable={false}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={isPending}>
            {id === undefined ? <Trans>Create filter</Trans> : <Trans>Save</Trans>}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.editor}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) void save(inputOf(draft, name));
        }}
      >
        <fieldset className={styles.parts}>
          <legend className={styles.legend}>
            <Trans>When a message arrives and</Trans>
            <Select
              label={t`How many conditions must hold`}
              hideLabel
              value={draft.match}
              options={[
                { value: "ALL", label: t`all of these hold` },
                { value: "ANY", label: t`any of these holds` },
              ]}
              onChange={(match) => setDraft({ ...draft, match: match as FilterMatch })}
            />
          </legend>
          {suggestions !== undefined && suggestions.length > 1 && (
            <div className={styles.suggestions} role="group" aria-label={t`Go by`}>
              {suggestions.map(({ label, condition }) => (
                <Button
                  key={label}
                  size="s"
                  onClick={() => setDraft({ ...draft, conditions: [condition()] })}
                >
                  {label}
                </Button>
              ))}
            </div>
          )}
          {draft.conditions.map((condition, index) => (
            <ConditionRow
              key={condition.key}
              condition={condition}
              number={index + 1}
              error={errorAt("conditions", index)}
              isAlone={draft.conditions.length === 1}
              onChange={(changed) =>
                setDraft({
                  ...draft,
                  conditions: draft.conditions.map((one) => (one.key === changed.key ? changed : one)),
                })
              }
              onRemove={() =>
                setDraft({
                  ...draft,
                  conditions: draft.conditions.filter((one) => one.key !== condition.key),
                })
              }
            />
          ))}
          <Button
            variant="quiet"
            size="s"
            icon={<Plus />}
            className={styles.add}
            onClick={() => setDraft({ ...draft, conditions: [...draft.conditions, newCondition()] })}
          >
            <Trans>Add a condition</Trans>
          </Button>
        </fieldset>
        <fieldset className={styles.parts}>
          <legend className={styles.legend}>
            <Trans>then</Trans>
          </legend>
          {draft.actions.map((action, index) => (
            <ActionRow
              key={action.key}
              action={action}
              number={index + 1}
              folders={folders}
              error={errorAt("actions", index)}
              isAlone={draft.actions.length === 1}
              onChange={(changed) =>
                setDraft({
                  ...draft,
                  actions: draft.actions.map((one) => (one.key === changed.key ? changed : one)),
                })
              }
              onRemove={() =>
                setDraft({ ...draft, actions: draft.actions.filter((one) => one.key !== action.key) })
              }
            />
          ))}
          <FailedNote query={choices} />
          <Button
            variant="quiet"
            size="s"
            icon={<Plus />}
            className={styles.add}
            onClick={() => setDraft({ ...draft, actions: [...draft.actions, newAction("READ")] })}
          >
            <Trans>Do something else, too</Trans>
          </Button>
        </fieldset>
        <PreviewPane {...preview} everywhere={everywhere} onEverywhere={setEverywhere} />
        <div className={styles.ends}>
          <Field
            label={t`Name`}
            value={draft.name}
            placeholder={suggested}
            maxLength={200}
            error={refusal?.field === "name" ? refusal.message : undefined}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
          <Checkbox
            label={t`Stop here: filters below it do not see what matched`}
            checked={draft.stops}
            onChange={(stops) => setDraft({ ...draft, stops })}
          />
          <Checkbox
            label={
              matched > 0 && isCounted ? (
                <Plural
                  value={matched}
                  one="Do it now with the # that is in the inbox, too"
                  other="Do it now with the # that are in the inbox, too"
                />
              ) : (
                <Trans>Do it now with what is in the inbox, too</Trans>
              )
            }
            help={t`You see how far it is, and can take it back. Nothing that is there is forwarded.`}
            checked={isApplied && inbox !== undefined}
            disabled={inbox === undefined}
            onChange={setApplied}
          />
        </div>
        {refusal !== undefined && !isPlaced && refusal.field !== "name" && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function useSaving(id: string | undefined, onSaved: (filter: Filter) => void) {
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; field: string | undefined }>();

  async function save(input: ReturnType<typeof inputOf>) {
    setPending(true);
    setRefusal(undefined);
    try {
      const { filter } =
        id === undefined
          ? await request(CreateFilterMutation, { input, position: null })
          : await request(UpdateFilterMutation, { id, input });
      await client.invalidateQueries({ queryKey: ["settings"] });
      onSaved(filter);
    } catch (error) {
      setRefusal({
        message: error instanceof Error ? error.message : String(error),
        field: isApiError(error) ? error.field : undefined,
      });
    } finally {
      setPending(false);
    }
  }
  return { save, isPending, refusal };
}
