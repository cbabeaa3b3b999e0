/** All of one's mail as one archive. */
import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Download, PackageOpen } from "lucide-react";
import { useViewer } from "@/app";
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

function download() {
  const link = document.createElement("a");
  link.href = "/files/export.zip";
  link.download = "";
  link.click();
}

function ExportPage() {
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
        <Button variant="primary" icon={<Download />} onClick={download}>
          <Trans>Download everything</Trans>
        </Button>
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
