/** The acts on messages of the queue, always in the same place; each can be pressed where it would do something. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { CirclePause, CirclePlay, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/app";
import { Button, Confirm } from "@/ui";
import styles from "./Queue.module.css";
import { changeable, type Queued, useQueueActs } from "./useQueueActs";

export function QueueActs({ messages, onDone }: { messages: readonly Queued[]; onDone?: () => void }) {
  const { t } = useLingui();
  const canManage = useCan("SPOOL_MANAGE");
  const { run, isPending } = useQueueActs();
  const [isAsking, setAsking] = useState(false);
  if (!canManage) return null;

  const isIdle = (verb: Parameters<typeof run>[0]) => changeable(verb, messages).length === 0 || isPending;
  function start(verb: Parameters<typeof run>[0]) {
    void run(verb, messages).then(onDone);
  }
  const count = changeable("drop", messages).length;
  return (
    <div className={styles.acts} role="toolbar" aria-label={t`Messages`}>
      <Button size="s" icon={<RotateCw />} disabled={isIdle("retry")} onClick={() => start("retry")}>
        <Trans>Attempt now</Trans>
      </Button>
      <Button size="s" icon={<CirclePause />} disabled={isIdle("hold")} onClick={() => start("hold")}>
        <Trans>Hold</Trans>
      </Button>
      <Button size="s" icon={<CirclePlay />} disabled={isIdle("release")} onClick={() => start("release")}>
        <Trans>Release</Trans>
      </Button>
      <Button size="s" icon={<Trash2 />} disabled={isIdle("drop")} onClick={() => setAsking(true)}>
        <Trans>Drop…</Trans>
      </Button>
      <Confirm
        open={isAsking}
        danger
        title={count === 1 ? t`Drop this message?` : t`Drop ${count} messages?`}
        action={<Plural value={count} one="Drop the message" other="Drop # messages" />}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          start("drop");
        }}
      >
        <p>
          <Trans>
            Recipients it has not reached yet are given up. Neither they nor the sender are told. This cannot
            be undone.
          </Trans>
        </p>
      </Confirm>
    </div>
  );
}
