/** The vacation reply: what is said, from when to when, and to whom. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request, type VacationAudience, type VacationOutside } from "@/api";
import { shortDate } from "@/lib/dates";
import { Button, Field, Select, Switch, TextArea, toast, Unsaved } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import { type Refusal, useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { beginningOf, endOf, firstDay, lastDay } from "./days";
import { SetVacationMutation, type Vacation, VacationQuery } from "./documents";
import own from "./Vacation.module.css";

const DAYS = [1, 3, 7, 14, 30];

export function VacationPage() {
  const query = useSettingsQuery("vacation", VacationQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          While you are away, people who write to you are told so, once in some days. Mailing lists and
          programs never are. Your mail is kept as always.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ vacation }) => <VacationForm key={JSON.stringify(vacation)} vacation={vacation} />}
      </Loaded>
    </>
  );
}

function VacationForm({ vacation }: { vacation: Vacation }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState(vacation);
  const [first, setFirst] = useState(firstDay(vacation.startsAt));
  const [last, setLast] = useState(lastDay(vacation.endsAt));
  const { change, isPending, refusal } = useChange();
  const isChanged =
    JSON.stringify(draft) !== JSON.stringify(vacation) ||
    first !== firstDay(vacation.startsAt) ||
    last !== lastDay(vacation.endsAt);
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const set = (changes: Partial<Vacation>) => setDraft({ ...draft, ...changes });

  async function save() {
    const { isOn: _, ...input } = draft;
    const times = {
      startsAt: beginningOf(first, vacation.startsAt),
      endsAt: endOf(last, vacation.endsAt),
    };
    const done = await change(() => request(SetVacationMutation, { input: { ...input, ...times } }));
    if (done === undefined) return;
    const { isOn, isEnabled } = done.setVacation;
    toast({
      text: isOn
        ? t`The vacation reply is on`
        : isEnabled
          ? t`Saved: it is on from its first day to its last`
          : t`The vacation reply is off`,
    });
  }
  return (
    <form
      className={own.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) void save();
      }}
    >
      {isChanged && <Unsaved />}
      <Switch
        label={t`Vacation reply`}
        help={<Stand vacation={vacation} />}
        checked={draft.isEnabled}
        onChange={(isEnabled) => set({ isEnabled })}
      />
      <div className={own.pair}>
        <Field
          label={t`First day`}
          help={t`Empty: at once.`}
          type="date"
          value={first}
          onChange={(event) => setFirst(event.target.value)}
        />
        <Field
          label={t`Last day`}
          help={t`Empty: until you turn it off.`}
          type="date"
          min={first || undefined}
          value={last}
          error={errorOf("endsAt")}
          onChange={(event) => setLast(event.target.value)}
        />
      </div>
      <Field
        label={t`Subject`}
        placeholder={t`Auto: and the subject of what they wrote`}
        maxLength={300}
        value={draft.subject}
        error={errorOf("subject")}
        onChange={(event) => set({ subject: event.target.value })}
      />
      <TextArea
        label={t`Message`}
        rows={7}
        maxLength={20_000}
        value={draft.text}
        error={errorOf("text")}
        onChange={(event) => set({ text: event.target.value })}
      />
      <Select
        label={t`People outside your organisation`}
        value={draft.outside}
        options={[
          { value: "SAME", label: t`are told the same` },
          { value: "OWN", label: t`are told something else` },
          { value: "NONE", label: t`are told nothing` },
        ]}
        onChange={(outside) => set({ outside: outside as VacationOutside })}
      />
      {draft.outside === "OWN" && (
        <TextArea
          label={t`Message to people outside`}
          rows={5}
          maxLength={20_000}
          value={draft.outsideText}
          error={errorOf("outsideText")}
          onChange={(event) => set({ outsideText: event.target.value })}
        />
      )}
      <div className={own.pair}>
        <Select
          label={t`Who is told`}
          value={draft.audience}
          options={[
            { value: "ANYONE", label: t`Anyone who writes to you` },
            { value: "KNOWN", label: t`Colleagues, and people you wrote to before` },
          ]}
          onChange={(audience) => set({ audience: audience as VacationAudience })}
        />
        <Select
          label={t`The same person again`}
          value={String(draft.everyDays)}
          options={[...new Set([...DAYS, draft.everyDays])]
            .sort((a, b) => a - b)
            .map((days) => ({
              value: String(days),
              label: days === 1 ? t`after a day` : t`after ${days} days`,
            }))}
          onChange={(days) => set({ everyDays: Number(days) })}
        />
      </div>
      <Elsewhere refusal={refusal} />
      <p>
        <Button variant="primary" type="submit" pending={isPending}>
          <Trans>Save</Trans>
        </Button>
      </p>
    </form>
  );
}

const PLACED = ["endsAt", "subject", "text", "outsideText"];

function Elsewhere({ refusal }: { refusal: Refusal | undefined }) {
  if (refusal === undefined || PLACED.includes(refusal.field ?? "")) return null;
  return (
    <p className={styles.refusal} role="alert">
      {refusal.message}
    </p>
  );
}

/** Whether people are told just now. */
function Stand({ vacation: { isEnabled, isOn, startsAt, endsAt } }: { vacation: Vacation }) {
  const { t } = useLingui();
  if (!isEnabled) return t`Nobody is told anything now.`;
  const end = endsAt === null ? "" : shortDate(new Date(new Date(endsAt).getTime() - 1).toISOString());
  if (isOn) return endsAt === null ? t`On until you turn it off.` : t`On until ${end}.`;
  if (startsAt !== null && new Date(startsAt) > new Date()) {
    const start = shortDate(startsAt);
    return t`It begins on ${start}.`;
  }
  return t`It ended on ${end}.`;
}
