/** Mail programs: a password for each, and what they have to be told. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { KeyRound, Plus, TabletSmartphone } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { relativeTime, shortDate } from "@/lib/dates";
import { Button, Confirm, Empty, Tag, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { type AppPassword, AppPasswordsQuery, RevokeAppPasswordMutation } from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { NewAppPassword } from "./NewAppPassword";
import { SetUpGuide } from "./SetUpGuide";
import { useProtocolNames } from "./useProtocolNames";

export const programs: Section = {
  id: "programs",
  icon: TabletSmartphone,
  group: "account",
  title: msg`Mail programs`,
  words: msg`app passwords thunderbird outlook apple iphone android imap pop3 smtp servers ports set-up`,
  needsMail: true,
  Page: ProgramsPage,
};

function ProgramsPage() {
  const [isAdding, setAdding] = useState(false);
  const query = useSettingsQuery("appPasswords", AppPasswordsQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Give each program on your computer or phone a password of its own. It opens mail and nothing else,
          and you can take it back without changing yours.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ appPasswords, mailServers }) => (
          <>
            <section className={styles.part} aria-labelledby="app-passwords">
              <div className={styles.head}>
                <h2 className={styles.subtitle} id="app-passwords">
                  <Trans>App passwords</Trans>
                </h2>
                <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
                  <Trans>New app password</Trans>
                </Button>
              </div>
              <List passwords={appPasswords ?? []} />
            </section>
            <section className={styles.part} aria-labelledby="set-up">
              <h2 className={styles.subtitle} id="set-up">
                <Trans>Set up a program</Trans>
              </h2>
              <div className={styles.wide}>
                <SetUpGuide servers={mailServers} />
              </div>
            </section>
            {isAdding && <NewAppPassword servers={mailServers} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function List({ passwords }: { passwords: readonly AppPassword[] }) {
  const { t } = useLingui();
  if (passwords.length === 0)
    return (
      <div className={styles.wide}>
        <Empty icon={<KeyRound />} title={<Trans>No program has a password of its own yet.</Trans>} />
      </div>
    );
  return (
    <ul className={styles.rows} aria-label={t`App passwords`}>
      {passwords.map((one) => (
        <Row key={one.id} password={one} />
      ))}
    </ul>
  );
}

function Row({ password }: { password: AppPassword }) {
  const { t } = useLingui();
  const nameOf = useProtocolNames();
  const [isAsking, setAsking] = useState(false);
  const { change, isPending, refusal } = useChange();
  const { label, protocols, usedAt, usedFrom } = password;
  const made = shortDate(password.createdAt);
  const used = usedAt === null ? "" : relativeTime(usedAt);

  async function revoke() {
    const done = await change(() => request(RevokeAppPasswordMutation, { id: password.id }));
    if (done !== undefined) toast({ text: t`${label} cannot sign in any more` });
  }
  return (
    <li className={styles.row}>
      <KeyRound aria-hidden="true" />
      <span className={styles.what}>
        <span className={styles.name}>
          {label}
          {protocols.map((protocol) => (
            <Tag key={protocol}>{nameOf(protocol)}</Tag>
          ))}
        </span>
        <span className={styles.note}>
          {usedAt === null ? (
            <Trans>Made {made}, never used</Trans>
          ) : (
            <Trans>
              Made {made}, last used {used} from {usedFrom ?? "?"}
            </Trans>
          )}
        </span>
      </span>
      <Button size="s" aria-label={t`Revoke ${label}…`} onClick={() => setAsking(true)}>
        <Trans>Revoke…</Trans>
      </Button>
      <Confirm
        open={isAsking}
        title={t`Revoke the password of ${label}?`}
        action={<Trans>Revoke</Trans>}
        danger
        pending={isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => void revoke()}
      >
        <p>
          <Trans>The program is signed out at once and needs a new password. Its mail stays here.</Trans>
        </p>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </Confirm>
    </li>
  );
}
