/** Above an open message that waits for a time: when, what for, and what can be done about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { BellRing, CalendarClock, Clock, TriangleAlert } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { request } from "@/api";
import { compose } from "@/app";
import { fullTime } from "@/lib/dates";
import { Button, toast } from "@/ui";
import { moveTo, snooze } from "../acts";
import {
  CancelScheduledMutation,
  RemindOfMessageMutation,
  ScheduleDraftMutation,
  SendScheduledNowMutation,
  WhenDialog,
} from "../later";
import { isInTrash, mailStore } from "../mailStore";
import type { Row } from "../store/types";
import styles from "./TimerBar.module.css";

export function TimerBar({ row, onGone }: { row: Row; onGone: () => void }) {
  const use = mailStore.mailbox(row.mailboxId)?.specialUse;
  const { timer } = row;
  if (timer?.kind === "SEND" && use === "SCHEDULED") return <ScheduledBar row={row} onGone={onGone} />;
  if (timer?.kind === "SNOOZE" && use === "SNOOZED") return <SnoozedBar row={row} onGone={onGone} />;
  if (timer?.kind === "FOLLOW_UP") return <ReminderBar row={row} />;
  if (row.isReminder) {
    return (
      <Bar icon={<BellRing />}>
        <Trans>Nobody has answered this message yet.</Trans>
      </Bar>
    );
  }
  return null;
}

type BarProps = { icon: ReactNode; tone?: "danger"; children: ReactNode; actions?: ReactNode };

function Bar({ icon, tone, children, actions }: BarProps) {
  return (
    <div className={styles.bar} data-tone={tone} role={tone === "danger" ? "alert" : "note"}>
      {icon}
      <p>{children}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

function useDoing(): [boolean, (work: () => Promise<unknown>) => void] {
  const [isBusy, setBusy] = useState(false);
  return [
    isBusy,
    (work) => {
      setBusy(true);
      work()
        .catch((problem: unknown) => {
          toast({ text: problem instanceof Error ? problem.message : String(problem), tone: "danger" });
        })
        .finally(() => setBusy(false));
    },
  ];
}

function ScheduledBar({ row, onGone }: { row: Row; onGone: () => void }) {
  const { t } = useLingui();
  const [isBusy, doing] = useDoing();
  const [isPicking, setPicking] = useState(false);
  const when = fullTime(row.timer?.dueAt ?? "");
  const error = row.timer?.error;

  async function edit() {
    const { cancelScheduled } = await request(CancelScheduledMutation, { id: row.id });
    onGone();
    await compose({ kind: "draft", messageId: cancelScheduled.id });
  }
  async function cancel() {
    await request(CancelScheduledMutation, { id: row.id });
    onGone();
    toast({ text: t`Not sent: the message is in Drafts again` });
  }
  async function sendNow() {
    await request(SendScheduledNowMutation, { id: row.id });
    onGone();
    toast({ text: t`Message sent` });
  }
  return (
    <>
      <Bar
        icon={error != null ? <TriangleAlert /> : <CalendarClock />}
        {...(error != null && { tone: "danger" as const })}
        actions={
          <>
            <Button size="s" pending={isBusy} onClick={() => setPicking(true)}>
              <Trans>Change time</Trans>
            </Button>
            <Button size="s" pending={isBusy} onClick={() => doing(edit)}>
              <Trans>Edit</Trans>
            </Button>
            <Button size="s" pending={isBusy} onClick={() => doing(sendNow)}>
              <Trans>Send now</Trans>
            </Button>
            <Button size="s" variant="quiet" pending={isBusy} onClick={() => doing(cancel)}>
              <Trans>Cancel sending</Trans>
            </Button>
          </>
        }
      >
        {error != null ? (
          <Trans>
            It was not sent at {when}: {error}
          </Trans>
        ) : (
          <Trans>Will be sent on {when}.</Trans>
        )}
      </Bar>
      <Suspense fallback={null}>
        {isPicking && (
          <WhenDialog
            title={t`Send when?`}
            action={t`Schedule`}
            kind="send"
            onClose={() => setPicking(false)}
            onPick={(at) =>
              doing(() =>
                request(ScheduleDraftMutation, { id: row.id, sendAt: at.toISOString(), remindDays: null }),
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}

function SnoozedBar({ row, onGone }: { row: Row; onGone: () => void }) {
  const { t } = useLingui();
  const [isPicking, setPicking] = useState(false);
  const when = fullTime(row.timer?.dueAt ?? "");

  function bringBack() {
    const from = mailStore.mailbox(row.timer?.returnTo ?? "");
    const target = from === undefined || isInTrash(from) ? mailStore.bySpecialUse("INBOX") : from;
    if (target !== undefined && moveTo([row.id], target)) onGone();
  }
  return (
    <>
      <Bar
        icon={<Clock />}
        actions={
          <>
            <Button size="s" onClick={bringBack}>
              <Trans>Bring back now</Trans>
            </Button>
            <Button size="s" variant="quiet" onClick={() => setPicking(true)}>
              <Trans>Change time</Trans>
            </Button>
          </>
        }
      >
        <Trans>Snoozed until {when}.</Trans>
      </Bar>
      <Suspense fallback={null}>
        {isPicking && (
          <WhenDialog
            title={t`Snooze until…`}
            action={t`Snooze`}
            kind="snooze"
            onClose={() => setPicking(false)}
            onPick={(at) => snooze([row.id], at)}
          />
        )}
      </Suspense>
    </>
  );
}

function ReminderBar({ row }: { row: Row }) {
  const [isBusy, doing] = useDoing();
  const when = fullTime(row.timer?.dueAt ?? "");
  return (
    <Bar
      icon={<BellRing />}
      actions={
        <Button
          size="s"
          variant="quiet"
          pending={isBusy}
          onClick={() => doing(() => request(RemindOfMessageMutation, { id: row.id, at: null }))}
        >
          <Trans>Do not remind me</Trans>
        </Button>
      }
    >
      <Trans>It comes back to you on {when} if nobody has answered by then.</Trans>
    </Bar>
  );
}
