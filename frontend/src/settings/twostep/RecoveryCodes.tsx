/** The recovery codes, shown once: to be written down, printed or kept as a file. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useViewer } from "@/app";
import { CopyButton } from "@/setup";
import { Button, Dialog } from "@/ui";
import settings from "../Settings.module.css";
import styles from "./TwoStep.module.css";

export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useLingui();
  const { address, name } = useViewer();
  const text = codes.join("\n");

  function save() {
    const url = URL.createObjectURL(new Blob([`${address ?? name}\n\n${text}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = t`recovery codes.txt`;
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <Dialog
      open
      size="s"
      dismissable={false}
      title={t`Your recovery codes`}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          <Trans>I have kept them</Trans>
        </Button>
      }
    >
      <div className={settings.dialog}>
        <p>
          <Trans>
            Should your phone be lost, each of these opens your account once instead of the second step. They
            are not shown again: keep them where the phone is not.
          </Trans>
        </p>
        <ul className={styles.codes} aria-label={t`Recovery codes`}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={styles.tools}>
          <Button size="s" icon={<Download />} onClick={save}>
            <Trans>Save as a file</Trans>
          </Button>
          <CopyButton text={text} label={t`Copy the codes`} />
        </div>
      </div>
    </Dialog>
  );
}
