/** All of one's mail as one archive. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Download, PackageOpen } from "lucide-react";
import { useState } from "react";
import { refreshViewer, useViewer } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { Button } from "@/ui";
import styles from "../Settings.module.css";
import type { Section } from "../section";

export const exports: Section = {
  id: "export",
  icon: PackageOpen,
  group: "account",
  title: msg`Take my mail with me`,
  words: msg`export download archive backup mbox zip leave data portability`,
  needsMail: true,
  Page: ExportPage,
};

const ARCHIVE = "/files/export.zip";

function ExportPage() {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  /** What the browser downloads it does not explain: whether it will be given is asked before. */
  async function download() {
    setAsking(true);
    setRefusal(undefined);
    const status = await fetch(ARCHIVE, { method: "HEAD" }).then(
      (answer) => answer.status,
      () => undefined,
    );
    setAsking(false);
    if (status === 200) {
      const link = document.createElement("a");
      link.href = ARCHIVE;
      link.download = "";
      link.click();
    } else if (status === 401) {
      await refreshViewer();
    } else if (status === 429) {
      setRefusal(t`A download of your mail is under way. Try again when it is done.`);
    } else {
      setRefusal(t`The download could not begin. Try again in a moment.`);
    }
  }
  const used = formatBytes(useViewer().quota?.usedBytes ?? 0);
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          One archive with a file for each folder, in the mbox form that Thunderbird, Apple Mail and many
          others open. Whether messages were read, starred and tagged is in it as well.
        </Trans>
      </p>
      <section className={styles.part}>
        <Button variant="primary" icon={<Download />} pending={isAsking} onClick={() => void download()}>
          <Trans>Download everything</Trans>
        </Button>
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal}
          </p>
        )}
        <p className={styles.note}>
          <Trans>
            About {used}. The browser goes on with it while you work; only this computer gets a copy, and the
            mail stays where it is.
          </Trans>
        </p>
      </section>
    </>
  );
}
