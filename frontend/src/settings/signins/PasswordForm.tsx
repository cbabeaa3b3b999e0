/** A new password for oneself; the current one is asked for, so that an open browser is not enough. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { useViewer } from "@/app";
import { PasswordField } from "@/setup";
import { Button, Field, toast, Unsaved } from "@/ui";
import { ChangePasswordMutation } from "../documents";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";

export function PasswordForm() {
  const { t } = useLingui();
  const { name, address } = useViewer();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { change, isPending, refusal } = useChange();
  const isAboutCurrent = refusal?.field === "current";

  async function submit() {
    if ((await change(() => request(ChangePasswordMutation, { current, new: next }))) === undefined) return;
    setCurrent("");
    setNext("");
    toast({ text: t`Your password is changed. Everywhere else you are signed out.` });
  }
  return (
    <section className={styles.part} aria-labelledby="password">
      <h2 className={styles.subtitle} id="password">
        <Trans>Password</Trans>
      </h2>
      <p className={styles.lead}>
        <Trans>
          With a new one every other browser is signed out, and so is every mail program that used the old
          one. App passwords stay as they are.
        </Trans>
      </p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending && current !== "" && next !== "") void submit();
        }}
      >
        {next !== "" && <Unsaved />}
        <input type="hidden" autoComplete="username" value={address ?? name} readOnly />
        <Field
          label={t`Current password`}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          error={isAboutCurrent ? refusal.message : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label={t`New password`}
          value={next}
          names={[name, address ?? "", (address ?? "").split("@")[0] ?? ""]}
          canGenerate
          error={isAboutCurrent ? undefined : refusal?.message}
          onChange={setNext}
        />
        <Button variant="primary" type="submit" pending={isPending} disabled={current === "" || next === ""}>
          <Trans>Change password</Trans>
        </Button>
      </form>
    </section>
  );
}
