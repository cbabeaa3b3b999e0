/** Browsers that are signed in, each with the way to end it. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { fullTime, relativeTime } from "@/lib/dates";
import { Button, Confirm, Tag, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import {
  RevokeOtherSessionsMutation,
  RevokeSessionMutation,
  type SessionInfo,
  SessionsQuery,
} from "../documents";
import styles from "../Settings.module.css";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { deviceOf } from "./device";

export function SessionList() {
  const query = useSettingsQuery("sessions", SessionsQuery, {});
  return (
    <section className={styles.part} aria-labelledby="sessions">
      <Loaded query={query}>{({ viewer }) => <Sessions sessions={viewer?.sessions ?? []} />}</Loaded>
    </section>
  );
}

function Sessions({ sessions }: { sessions: readonly SessionInfo[] }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { change, isPending, refusal } = useChange();
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;

  async function endOthers() {
    const answer = await change(() => request(RevokeOtherSessionsMutation));
    if (answer === undefined) return;
    setAsking(false);
    toast({
      text: plural(answer.count, {
        one: "# other browser is signed out",
        other: "# other browsers are signed out",
      }),
    });
  }
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.subtitle} id="sessions">
          <Trans>Signed in</Trans>
        </h2>
        {others > 0 && (
          <Button size="s" onClick={() => setAsking(true)}>
            <Trans>Sign out everywhere else…</Trans>
          </Button>
        )}
      </div>
      <ul className={styles.rows} aria-label={t`Signed in`}>
        {[...sessions]
          .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
          .map((session) => (
            <Session key={session.id} session={session} />
          ))}
      </ul>
      <Confirm
        open={isAsking}
        title={t`Sign out everywhere else?`}
        action={<Trans>Sign out</Trans>}
        danger
        pending={isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => void endOthers()}
      >
        <p>
          <Plural
            value={others}
            one="# other browser has to sign in again. Mail programs go on."
            other="# other browsers have to sign in again. Mail programs go on."
          />
        </p>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </Confirm>
    </>
  );
}

function Session({ session }: { session: SessionInfo }) {
  const { t } = useLingui();
  const { change, isPending } = useChange();
  const { isCurrent, seenAt, remoteAddress } = session;
  const { browser = t`A program`, system, isPhone } = deviceOf(session.userAgent);
  const name = system === undefined ? browser : t`${browser} on ${system}`;
  const [when, since] = [relativeTime(seenAt), fullTime(session.createdAt)];

  async function end() {
    const done = await change(() => request(RevokeSessionMutation, { id: session.id }));
    toast(done === undefined ? { text: t`It could not be ended`, tone: "danger" } : { text: t`Signed out` });
  }
  return (
    <li className={styles.row}>
      {isPhone ? <Smartphone aria-hidden="true" /> : <Monitor aria-hidden="true" />}
      <span className={styles.what}>
        <span className={styles.name}>
          {name}
          {isCurrent && (
            <Tag tone="accent">
              <Trans>This one</Trans>
            </Tag>
          )}
        </span>
        <span className={styles.note}>
          <Trans>
            Used {when} from {remoteAddress}, signed in {since}
          </Trans>
        </span>
      </span>
      {!isCurrent && (
        <Button size="s" pending={isPending} aria-label={t`Sign out ${name}`} onClick={() => void end()}>
          <Trans>Sign out</Trans>
        </Button>
      )}
    </li>
  );
}
