/** The acts on messages of the queue, always in the same place; each can be pressed where it would do something. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import {
  ArrowUpDown,
  CirclePause,
  CirclePlay,
  CornerUpLeft,
  RotateCw,
  Trash2,
  Waypoints,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import type { SpoolDetour } from "@/api";
import { useCan } from "@/app";
import { Button, Confirm, Menu } from "@/ui";
import styles from "./Queue.module.css";
import { RerouteDialog } from "./RerouteDialog";
import { changeable, type Priority, type Queued, useQueueActs, type Verb } from "./useQueueActs";

export type QueueActsProps = {
  messages: readonly Queued[];
  onDone?: () => void;
  /** Given where everything that matches is chosen: how many that are, and what does it. */
  all?: { count: ReactNode; isPending: boolean; run: (verb: Verb, to?: SpoolDetour) => void } | undefined;
};

export function QueueActs({ messages, onDone, all }: QueueActsProps) {
  const { t } = useLingui();
  const canManage = useCan("SPOOL_MANAGE");
  const { run, prioritize, isPending } = useQueueActs();
  const [asking, setAsking] = useState<"return" | "drop">();
  const [isRerouting, setRerouting] = useState(false);
  if (!canManage) return null;

  const isIdle = (verb: Verb) =>
    all === undefined ? changeable(verb, messages).length === 0 || isPending : all.isPending;
  function start(verb: Verb, to?: SpoolDetour) {
    if (all === undefined) void run(verb, messages, to).then(onDone);
    else all.run(verb, to);
  }
  const priorities: { value: Priority; label: string }[] = [
    { value: 1, label: t`Before the others` },
    { value: 0, label: t`In turn` },
    { value: -1, label: t`Behind the others` },
  ];
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
      <Menu
        label={t`Priority`}
        groups={[
          {
            id: "priority",
            items: priorities.map(({ value, label }) => ({
              id: String(value),
              label,
              onAction: () => void prioritize(messages, value).then(onDone),
            })),
          },
        ]}
        trigger={(trigger) => (
          <Button
            {...trigger}
            size="s"
            icon={<ArrowUpDown />}
            disabled={all !== undefined || changeable("drop", messages).length === 0 || isPending}
          >
            <Trans>Priority</Trans>
          </Button>
        )}
      />
      <Button size="s" icon={<Waypoints />} disabled={isIdle("reroute")} onClick={() => setRerouting(true)}>
        <Trans>Reroute…</Trans>
      </Button>
      <Button
        size="s"
        icon={<CornerUpLeft />}
        disabled={isIdle("return")}
        onClick={() => setAsking("return")}
      >
        <Trans>Return to sender…</Trans>
      </Button>
      <Button size="s" icon={<Trash2 />} disabled={isIdle("drop")} onClick={() => setAsking("drop")}>
        <Trans>Drop…</Trans>
      </Button>
      {isRerouting && (
        <RerouteDialog
          count={
            all?.count ?? (
              <Plural value={changeable("reroute", messages).length} one="# message" other="# messages" />
            )
          }
          onClose={() => setRerouting(false)}
          onReroute={(to) => {
            setRerouting(false);
            if (to === undefined) start("resetRoute");
            else start("reroute", to);
          }}
        />
      )}
      <Ask
        verb={asking}
        count={changeable("drop", messages).length}
        all={all?.count}
        onClose={() => setAsking(undefined)}
        onConfirm={(verb) => {
          setAsking(undefined);
          start(verb);
        }}
      />
    </div>
  );
}

type AskProps = {
  verb: "return" | "drop" | undefined;
  count: number;
  all: ReactNode;
  onClose: () => void;
  onConfirm: (verb: "return" | "drop") => void;
};

/** What cannot be undone is asked first. */
function Ask({ verb, count, all, onClose, onConfirm }: AskProps) {
  const { t } = useLingui();
  const isReturn = verb === "return";
  const isOne = all === undefined && count === 1;
  const some = isReturn ? t`Return ${count} messages to their senders?` : t`Drop ${count} messages?`;
  const one = isReturn ? t`Return this message to its sender?` : t`Drop this message?`;
  const every = isReturn ? t`Return all that match to their senders?` : t`Drop all that match?`;
  return (
    <Confirm
      open={verb !== undefined}
      danger
      title={isOne ? one : all === undefined ? some : every}
      action={
        all !== undefined ? (
          isReturn ? (
            <Trans>Return all</Trans>
          ) : (
            <Trans>Drop all</Trans>
          )
        ) : isReturn ? (
          <Plural value={count} one="Return the message" other="Return # messages" />
        ) : (
          <Plural value={count} one="Drop the message" other="Drop # messages" />
        )
      }
      onClose={onClose}
      onConfirm={() => verb !== undefined && onConfirm(verb)}
    >
      {all !== undefined && <p>{all}</p>}
      <p>
        {isReturn ? (
          <Trans>
            Recipients it has not reached yet are given up, and the sender gets a delivery report that says
            so. This cannot be undone.
          </Trans>
        ) : (
          <Trans>
            Recipients not reached yet are given up. Neither they nor the sender are told. This cannot be
            undone.
          </Trans>
        )}
      </p>
    </Confirm>
  );
}
