/** The other browsers that tell of new mail, and taking them off. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Monitor, Smartphone } from "lucide-react";
import { request } from "@/api";
import { type PushDevice, RemovePushDeviceMutation } from "@/app/push/documents";
import { fullTime, relativeTime } from "@/lib/dates";
import { Button, toast } from "@/ui";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";
import { deviceOf } from "../signins/device";

export function OtherDevices({ devices }: { devices: readonly PushDevice[] }) {
  const { t } = useLingui();
  if (devices.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="other-devices">
      <h2 className={styles.subtitle} id="other-devices">
        <Trans>Other devices</Trans>
      </h2>
      <p className={styles.lead}>
        <Trans>They are told of new mail while they are signed in.</Trans>
      </p>
      <ul className={styles.rows} aria-label={t`Other devices`}>
        {devices.map((device) => (
          <Device key={device.id} device={device} />
        ))}
      </ul>
    </section>
  );
}

function Device({ device }: { device: PushDevice }) {
  const { t } = useLingui();
  const { change, isPending, refusal } = useChange();
  const { browser = t`A program`, system, isPhone } = deviceOf(device.userAgent);
  const name = system === undefined ? browser : t`${browser} on ${system}`;
  const since = fullTime(device.createdAt);
  const last = device.pushedAt === null ? undefined : relativeTime(device.pushedAt);

  async function remove() {
    const done = await change(() => request(RemovePushDeviceMutation, { id: device.id }));
    if (done !== undefined) toast({ text: t`${name} is told nothing any more` });
  }
  return (
    <li className={styles.row}>
      {isPhone ? <Smartphone aria-hidden="true" /> : <Monitor aria-hidden="true" />}
      <span className={styles.what}>
        <span className={styles.name}>{name}</span>
        <span className={styles.note}>
          {refusal !== undefined ? (
            <span className={styles.refusal}>{refusal.message}</span>
          ) : last === undefined ? (
            <Trans>Since {since}, nothing sent yet</Trans>
          ) : (
            <Trans>
              Since {since}, last sent {last}
            </Trans>
          )}
        </span>
      </span>
      <Button size="s" pending={isPending} aria-label={t`Remove ${name}`} onClick={() => void remove()}>
        <Trans>Remove</Trans>
      </Button>
    </li>
  );
}
