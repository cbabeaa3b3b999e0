/** "When?": the usual times in a list, or any date and time. */
import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { CalendarDays, Clock } from "lucide-react";
import { useState } from "react";
import { dueTime, timeZone } from "@/lib/dates";
import { Button, Dialog, Field } from "@/ui";
import { PickList } from "@/ui/PickList";
import { choiceName } from "./laterNames";
import { changeOf, fieldValue, fromField, sendChoices, snoozeChoices } from "./times";
import styles from "./WhenDialog.module.css";

export type WhenDialogProps = {
  title: string;
  /** Whose usual times are offered. */
  kind: "snooze" | "send";
  /** The word on the button beside a chosen date. */
  action: string;
  /** Begins with the date field, not with the list. */
  startsWithDate?: boolean;
  onPick: (at: Date) => void;
  onClose: () => void;
};

const DATE = "date:";

/** What a time means on the night in which the clocks are changed. */
function changeWords(value: string): string {
  const change = changeOf(value);
  if (change === null) return "";
  const time = dueTime(new Date(value).toISOString());
  if (change === "missing")
    return t`The clocks go forward then, and this time does not come: ${time} is meant.`;
  return t`The clocks go back then, and this time comes twice: the first is meant.`;
}

export function WhenDialog({ title, kind, action, startsWithDate, onPick, onClose }: WhenDialogProps) {
  const { t } = useLingui();
  const choices = kind === "snooze" ? snoozeChoices(new Date()) : sendChoices(new Date());
  const [isDate, setDate] = useState(startsWithDate ?? false);
  const [value, setValue] = useState(() =>
    fieldValue(choices.find((choice) => choice.id === "tomorrow")?.at ?? new Date()),
  );
  const [isTried, setTried] = useState(false);
  const at = fromField(value, new Date());

  function pick(chosen: Date) {
    onClose();
    onPick(chosen);
  }
  if (!isDate) {
    const items = [
      ...choices.map((choice) => ({
        id: choice.id,
        label: choiceName(choice),
        icon: <Clock />,
        hint: dueTime(choice.at.toISOString()),
      })),
      { id: DATE, label: t`Pick date and time…`, icon: <CalendarDays />, isAlways: true },
    ];
    return (
      <Dialog key="list" open onClose={onClose} title={title} hideTitle size="palette">
        <PickList
          label={title}
          placeholder={title}
          items={items}
          empty={<Trans>No such time.</Trans>}
          onPick={(id) => {
            const choice = choices.find((one) => one.id === id);
            if (choice !== undefined) pick(choice.at);
            else setDate(true);
          }}
        />
      </Dialog>
    );
  }
  return (
    <Dialog key="date" open onClose={onClose} title={title} size="s">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (at !== undefined) pick(at);
        }}
      >
        <Field
          label={t`Date and time`}
          type="datetime-local"
          autoFocus
          required
          min={fieldValue(new Date())}
          value={value}
          help={[changeWords(value), timeZone()].join(" ").trim()}
          error={isTried && at === undefined ? t`Choose a time that is still to come.` : undefined}
          onChange={(event) => setValue(event.target.value)}
        />
        <div className={styles.actions}>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit">
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
