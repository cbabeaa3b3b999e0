/** Beside Send: send at a time of the author's choice, and a reminder where nobody answers. */
import { useLingui } from "@lingui/react/macro";
import { Bell, CalendarDays, ChevronUp, Clock } from "lucide-react";
import { Suspense, useState } from "react";
import { dueTime } from "@/lib/dates";
import { IconButton, Menu, type MenuEntry } from "@/ui";
import { choiceName, daysName, REMIND_DAYS, sendChoices, WhenDialog } from "../later";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";

export function SendLater({ composer, onSend }: { composer: Composer; onSend: (at?: Date) => void }) {
  const { t } = useLingui();
  const [isPicking, setPicking] = useState(false);
  const [remindDays, setRemindDays] = useState(composer.remindDays);
  const choices = sendChoices(new Date());

  function remind(days: number | null) {
    composer.remindDays = days;
    setRemindDays(days);
  }
  const times: MenuEntry[] = [
    ...choices.map((choice) => ({
      id: choice.id,
      label: choiceName(choice),
      icon: <Clock />,
      hint: dueTime(choice.at.toISOString()),
      onAction: () => onSend(choice.at),
    })),
    { id: "date", label: t`Pick date and time…`, icon: <CalendarDays />, onAction: () => setPicking(true) },
  ];
  const reminders: MenuEntry[] = [
    { id: "0", label: t`No reminder`, onAction: () => remind(null) },
    ...REMIND_DAYS.map((days) => ({
      id: String(days),
      label: daysName(days),
      onAction: () => remind(days),
    })),
  ];
  return (
    <>
      <Menu
        label={t`Send later`}
        placement="top start"
        groups={[
          { id: "later", label: t`Send later`, items: times },
          {
            id: "remind",
            label: t`Remind me if nobody answers`,
            selected: String(remindDays ?? 0),
            items: reminders,
          },
        ]}
        trigger={(props) => (
          <IconButton {...props} className={styles.later} label={t`Send later`}>
            {remindDays === null ? <ChevronUp /> : <Bell />}
          </IconButton>
        )}
      />
      <Suspense fallback={null}>
        {isPicking && (
          <WhenDialog
            title={t`Send when?`}
            action={t`Schedule`}
            kind="send"
            startsWithDate
            onPick={(at) => onSend(at)}
            onClose={() => setPicking(false)}
          />
        )}
      </Suspense>
    </>
  );
}
