/** The second step at sign-in: authenticator app, passkeys, recovery codes. */
import { msg } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Fingerprint, NotebookPen, Plus, ShieldCheck, Smartphone } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { Link, settingsHref } from "@/app";
import { canUsePasskeys } from "@/lib/passkeys";
import { Button, Empty, State, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { AppSetUp } from "./AppSetUp";
import { AskPassword } from "./AskPassword";
import {
  RemoveTotpMutation,
  RenewRecoveryCodesMutation,
  SetTwoStepMutation,
  type TwoStep,
  TwoStepQuery,
} from "./documents";
import { PasskeyRow } from "./PasskeyRow";
import { PasskeySetUp } from "./PasskeySetUp";
import { RecoveryCodes } from "./RecoveryCodes";

export const twoStep: Section = {
  id: "two-step",
  icon: ShieldCheck,
  group: "account",
  title: msg`Two-step sign-in`,
  words: msg`security authenticator app totp code passkey fingerprint recovery second factor 2fa`,
  needsMail: false,
  Page: TwoStepPage,
};

function TwoStepPage() {
  const query = useSettingsQuery("twoStep", TwoStepQuery, {});
  return (
    <Loaded query={query}>
      {({ viewer }) => (viewer === null ? null : <Page state={viewer.twoStep} />)}
    </Loaded>
  );
}

const FEW = 3;

function CodesLeft({ count }: { count: number }) {
  if (count > FEW) return <Plural value={count} one="# is left." other="# are left." />;
  return (
    <State tone="danger">
      <Plural
        value={count}
        _0="None is left. Make new ones before you need them."
        one="Only # is left. Make new ones before you need them."
        other="Only # are left. Make new ones before you need them."
      />
    </State>
  );
}

type Doing = "app" | "passkey" | "turn-on" | "turn-off" | "remove-app" | "codes";

function Page({ state }: { state: TwoStep }) {
  const { t } = useLingui();
  const [doing, setDoing] = useState<Doing>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { change, isPending, refusal } = useChange();
  const close = () => setDoing(undefined);
  const hasMeans = state.hasApp || state.passkeys.length > 0;

  async function order(verb: () => Promise<{ codes?: readonly string[] }>, said: string) {
    const answer = await change(verb);
    if (answer === undefined) return;
    close();
    toast({ text: said });
    if (answer.codes !== undefined && answer.codes.length > 0) setCodes(answer.codes);
  }
  const asked = { isPending, refusal, onClose: close };
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          After the password something is asked for that only you have. A password that was stolen then opens
          nothing.
        </Trans>
      </p>
      <section className={styles.part} aria-labelledby="two-step-state">
        <div className={styles.head}>
          <h2 className={styles.subtitle} id="two-step-state">
            {state.isOn ? (
              <State tone="ok">
                <Trans>It is on</Trans>
              </State>
            ) : (
              <Trans>It is off</Trans>
            )}
          </h2>
          {hasMeans && !(state.isOn && state.isRequired) && (
            <Button onClick={() => setDoing(state.isOn ? "turn-off" : "turn-on")}>
              {state.isOn ? <Trans>Turn off…</Trans> : <Trans>Turn on…</Trans>}
            </Button>
          )}
        </div>
        <p className={styles.note}>
          {state.isRequired && (
            <>
              <Trans>Your administrator requires it.</Trans>{" "}
            </>
          )}
          {state.isOn ? (
            <Trans>
              Mail programs sign in with <Link to={settingsHref("programs")}>app passwords</Link>.
            </Trans>
          ) : (
            <Trans>
              Set up an app or a passkey first. From then on mail programs need{" "}
              <Link to={settingsHref("programs")}>app passwords</Link>.
            </Trans>
          )}
        </p>
      </section>
      <section className={styles.part} aria-labelledby="two-step-app">
        <h2 className={styles.subtitle} id="two-step-app">
          <Trans>Authenticator app</Trans>
        </h2>
        <ul className={styles.rows}>
          <li className={styles.row}>
            <Smartphone aria-hidden="true" />
            <span className={styles.what}>
              <span className={styles.name}>
                {state.hasApp ? <Trans>An app is set up</Trans> : <Trans>No app yet</Trans>}
              </span>
              <span className={styles.note}>
                <Trans>Any that shows six-digit codes will do.</Trans>
              </span>
            </span>
            {state.hasApp ? (
              <Button size="s" aria-label={t`Remove the app…`} onClick={() => setDoing("remove-app")}>
                <Trans>Remove…</Trans>
              </Button>
            ) : (
              <Button size="s" onClick={() => setDoing("app")}>
                <Trans>Set up…</Trans>
              </Button>
            )}
          </li>
          {state.isOn && (
            <li className={styles.row}>
              <NotebookPen aria-hidden="true" />
              <span className={styles.what}>
                <span className={styles.name}>
                  <Trans>Recovery codes</Trans>
                </span>
                <span className={styles.note}>
                  <CodesLeft count={state.recoveryCodesLeft} />
                </span>
              </span>
              <Button size="s" onClick={() => setDoing("codes")}>
                <Trans>New codes…</Trans>
              </Button>
            </li>
          )}
        </ul>
      </section>
      <section className={styles.part} aria-labelledby="passkeys">
        <div className={styles.head}>
          <h2 className={styles.subtitle} id="passkeys">
            <Trans>Passkeys</Trans>
          </h2>
          {canUsePasskeys() && (
            <Button icon={<Plus />} onClick={() => setDoing("passkey")}>
              <Trans>New passkey</Trans>
            </Button>
          )}
        </div>
        {state.passkeys.length === 0 ? (
          <div className={styles.wide}>
            <Empty
              icon={<Fingerprint />}
              title={<Trans>Sign in by fingerprint, face or the code of a device.</Trans>}
            />
          </div>
        ) : (
          <ul className={styles.rows} aria-label={t`Passkeys`}>
            {state.passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        )}
      </section>
      {doing === "app" && <AppSetUp onDone={close} onClose={close} />}
      {doing === "passkey" && <PasskeySetUp onDone={close} onClose={close} />}
      {doing === "turn-on" && (
        <AskPassword
          {...asked}
          title={t`Turn two-step sign-in on?`}
          action={<Trans>Turn on</Trans>}
          onPassword={(password) =>
            void order(() => request(SetTwoStepMutation, { password, isOn: true }), t`Two-step sign-in is on`)
          }
        >
          <p>
            <Trans>
              After your password the web asks for a second step. Mail programs need app passwords.
            </Trans>
          </p>
        </AskPassword>
      )}
      {doing === "turn-off" && (
        <AskPassword
          {...asked}
          title={t`Turn two-step sign-in off?`}
          action={<Trans>Turn off</Trans>}
          danger
          onPassword={(password) =>
            void order(
              () => request(SetTwoStepMutation, { password, isOn: false }),
              t`Two-step sign-in is off`,
            )
          }
        >
          <p>
            <Trans>Your password alone opens the account again. App and recovery codes are forgotten.</Trans>
          </p>
        </AskPassword>
      )}
      {doing === "remove-app" && (
        <AskPassword
          {...asked}
          title={t`Remove the authenticator app?`}
          action={<Trans>Remove</Trans>}
          danger
          onPassword={(password) =>
            void order(async () => {
              await request(RemoveTotpMutation, { password });
              return {};
            }, t`The app is removed`)
          }
        >
          <p>
            <Trans>Its codes open nothing any more. Without a passkey two-step sign-in goes off.</Trans>
          </p>
        </AskPassword>
      )}
      {doing === "codes" && (
        <AskPassword
          {...asked}
          title={t`Make new recovery codes?`}
          action={<Trans>Make new codes</Trans>}
          onPassword={(password) =>
            void order(() => request(RenewRecoveryCodesMutation, { password }), t`The old codes are gone`)
          }
        >
          <p>
            <Trans>The ones you have are no longer good.</Trans>
          </p>
        </AskPassword>
      )}
      {codes !== undefined && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  );
}
