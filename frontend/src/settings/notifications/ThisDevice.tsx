/** Whether this browser tells of new mail; it asks for permission after a press and never before. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { request } from "@/api";
import { canNotify, chosenFor, needsHomeScreen, registration } from "@/app/push/browser";
import { type PushDevice, TestPushDeviceMutation } from "@/app/push/documents";
import { noticeTexts, turnOff, turnOn } from "@/app/push/push";
import { shownOf } from "@/lib/notices";
import { Button, Switch, toast } from "@/ui";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import { usePlaceName } from "../shared/usePlaceName";
import { useChange } from "../shared/useSettingsQuery";

export type ThisDeviceProps = {
  userId: string;
  /** As the server knows it, where it does. */
  device: PushDevice | undefined;
  /** Whether push is allowed, and who says so. */
  push: PersonalSetting | undefined;
};

export function ThisDevice(props: ThisDeviceProps) {
  return (
    <section className={styles.part} aria-labelledby="this-device">
      <h2 className={styles.subtitle} id="this-device">
        <Trans>This device</Trans>
      </h2>
      {canNotify() ? <Choice {...props} /> : <CannotNotify />}
    </section>
  );
}

function CannotNotify() {
  return (
    <p className={styles.lead}>
      {needsHomeScreen() ? (
        <Trans>
          On iPhone and iPad, add Postroom to the Home Screen first: press Share, then “Add to Home Screen”,
          and open it from there.
        </Trans>
      ) : (
        <Trans>This browser cannot show notifications of this page.</Trans>
      )}
    </p>
  );
}

function Choice({ userId, device, push }: ThisDeviceProps) {
  const { t } = useLingui();
  const placeOf = usePlaceName();
  const { change, isPending, refusal } = useChange();
  const [permission, setPermission] = useState(Notification.permission);
  const [chosen, setChosen] = useState(() => chosenFor(userId));
  const mayPush = push?.value !== false;
  // Where it was taken off the list elsewhere, it is off here too.
  const way = chosen?.way === "push" && device === undefined ? undefined : chosen?.way;

  async function toggle(on: boolean) {
    const done = await change(async () => {
      if (on) return (await turnOn(userId, { mayPush })) ?? "no";
      await turnOff(device?.id);
      return "off";
    });
    setPermission(Notification.permission);
    setChosen(chosenFor(userId));
    if (done === "off") toast({ text: t`Notifications are off on this device` });
    else if (done === "push" || done === "page") toast({ text: t`Notifications are on` });
  }

  async function test() {
    const done = await change(async () => {
      if (way === "push" && device !== undefined) return request(TestPushDeviceMutation, { id: device.id });
      const { title, options } = shownOf({ kind: "test" }, noticeTexts());
      await (await registration())?.showNotification(title, options);
      return true;
    });
    if (done !== undefined) toast({ text: t`A notification is on its way` });
  }

  let help: ReactNode = t`Your browser asks for your permission.`;
  if (refusal !== undefined) help = <span className={styles.refusal}>{refusal.message}</span>;
  else if (permission === "denied") help = <Blocked />;
  else if (way === "push")
    help = t`Also while Postroom is closed. What is sent is encrypted for this device.`;
  else if (!mayPush && push !== undefined) {
    const place = placeOf(push.origin);
    help = t`Only while Postroom is open: push is turned off for ${place}.`;
  } else if (way === "page") help = t`Only while Postroom is open: this browser has no push service.`;
  return (
    <>
      <Switch
        label={t`Notify me on this device`}
        help={help}
        checked={way !== undefined}
        disabled={isPending || (permission === "denied" && way === undefined)}
        onChange={(on) => void toggle(on)}
      />
      {way !== undefined && (
        <Button pending={isPending} onClick={() => void test()}>
          <Trans>Send a test notification</Trans>
        </Button>
      )}
    </>
  );
}

function Blocked() {
  return (
    <span className={styles.refusal} role="status">
      <Trans>
        This browser blocks notifications of this page. To undo that, press the sign before the address, set
        Notifications to “Allow”, and load the page anew.
      </Trans>
    </span>
  );
}
