/** All sending is paused: said wherever the queue is looked at, with the way back. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CirclePause, CirclePlay } from "lucide-react";
import { request } from "@/api";
import { useCan } from "@/app";
import { fullTime, relativeTime } from "@/lib/dates";
import { Button, Confirm, toast } from "@/ui";
import styles from "../Admin.module.css";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { ALL_SENDING } from "./destinations";
import { PauseSendingMutation, PausesQuery, ResumeSendingMutation } from "./documents";
import queue from "./Queue.module.css";

const EVERY_MS = 10_000;

/** The pause of all sending, if there is one. */
export function usePauses() {
  const query = useAdminQuery("pauses", PausesQuery, {}, EVERY_MS);
  return { all: query.data?.spoolPauses?.find(({ domain }) => domain === ALL_SENDING) };
}

export function PauseBanner() {
  const { t } = useLingui();
  const canManage = useCan("SPOOL_MANAGE");
  const { all } = usePauses();
  const { act, isPending, refusal } = useAct();
  if (all === undefined) return null;
  const { actor } = all;
  const when = relativeTime(all.pausedAt);

  async function resume() {
    if (!(await act(() => request(ResumeSendingMutation, { domain: ALL_SENDING })))) return;
    toast({ text: t`Sending goes on` });
  }
  return (
    <div className={queue.banner} role="status">
      <CirclePause aria-hidden="true" />
      <div className={queue.bannerText}>
        <p className={queue.bannerTitle}>
          <Trans>All sending is paused.</Trans>
        </p>
        <p title={fullTime(all.pausedAt)}>
          <Trans>
            By {actor}, {when}. Mail to other servers is accepted and waits; mail to mailboxes here goes on.
          </Trans>
        </p>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </div>
      {canManage && (
        <Button variant="primary" icon={<CirclePlay />} pending={isPending} onClick={() => void resume()}>
          <Trans>Resume sending</Trans>
        </Button>
      )}
    </div>
  );
}

export function PauseAllConfirm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { act, isPending, refusal } = useAct();

  async function pause() {
    if (!(await act(() => request(PauseSendingMutation, { domain: ALL_SENDING })))) return;
    onClose();
    toast({ text: t`All sending is paused` });
  }
  return (
    <Confirm
      open
      title={t`Pause all sending?`}
      action={<Trans>Pause all sending</Trans>}
      pending={isPending}
      onClose={onClose}
      onConfirm={() => void pause()}
    >
      <p>
        <Trans>
          Nothing goes to other servers until sending is resumed. Mail is accepted and waits; mail to
          mailboxes here goes on.
        </Trans>
      </p>
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
    </Confirm>
  );
}
