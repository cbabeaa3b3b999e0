/** Files that were sent as links: how long they stay, how often they were fetched, and taking them back. */
import { msg } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link as LinkIcon, Trash2 } from "lucide-react";
import { useState } from "react";
import { type ResultOf, request } from "@/api";
import { refreshViewer } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { shortDate } from "@/lib/dates";
import { Confirm, Empty, IconButton, Tag, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { FileLinksQuery, type PersonalSetting, RevokeFileLinkMutation } from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { OwnSettings } from "../shared/OwnSettings";
import { PersonalSelect } from "../shared/PersonalSelect";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";

export const links: Section = {
  id: "links",
  icon: LinkIcon,
  group: "mail",
  title: msg`Files as links`,
  words: msg`large files links offer size attachments download expiry revoke share`,
  needsMail: true,
  Page: LinksPage,
};

type FileLink = ResultOf<typeof FileLinksQuery>["fileLinks"][number];

function LinksPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("file-links", FileLinksQuery, {});
  const [leaving, setLeaving] = useState<FileLink>();
  const { change, isPending, refusal } = useChange();

  async function revoke({ id }: FileLink) {
    if ((await change(() => request(RevokeFileLinkMutation, { id }))) === undefined) return;
    setLeaving(undefined);
    toast({ text: t`Link revoked` });
    await refreshViewer();
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Large files you sent as links. They take up room in your mailbox until they expire or you revoke
          them.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ fileLinks, fileLinkLimits }) => (
          <div className={styles.part}>
            <OwnSettings>
              {(find) => <OfferFrom setting={find("links.offer_bytes")} most={fileLinkLimits.maxBytes} />}
            </OwnSettings>
            {fileLinks.length === 0 ? (
              <Empty title={<Trans>No links</Trans>}>
                <Trans>Attach a large file to a message, and a link is offered for it.</Trans>
              </Empty>
            ) : (
              <ul className={styles.rows} aria-label={t`Files as links`}>
                {fileLinks.map((one) => (
                  <Row key={one.id} link={one} onRevoke={() => setLeaving(one)} />
                ))}
              </ul>
            )}
          </div>
        )}
      </Loaded>
      <Confirm
        open={leaving !== undefined}
        danger
        title={t`Revoke the link?`}
        action={<Trans>Revoke</Trans>}
        pending={isPending}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving !== undefined && void revoke(leaving)}
      >
        <p>
          <Trans>The file is removed, and whoever has the link gets nothing any more.</Trans>
        </p>
        {refusal !== undefined && <p role="alert">{refusal.message}</p>}
      </Confirm>
    </>
  );
}

const OFFERED = [1, 5, 10, 15, 25, 50, 100].map((one) => one * 1024 ** 2);

/** From which size on a link is offered for a file; where there are no links it is not asked. */
function OfferFrom({ setting, most }: { setting: PersonalSetting | undefined; most: number }) {
  const { t } = useLingui();
  if (setting === undefined || most === 0) return null;
  const sizes = [...new Set([...OFFERED.filter((one) => one <= most), Number(setting.value)])];
  return (
    <PersonalSelect
      setting={setting}
      label={t`Offer a link for files from`}
      values={sizes.sort((a, b) => a - b)}
      show={(one) => formatBytes(Number(one))}
      onSaved={refreshViewer}
    >
      <Trans>Smaller ones are attached without a question.</Trans>
    </PersonalSelect>
  );
}

function Row({ link, onRevoke }: { link: FileLink; onRevoke: () => void }) {
  const { t } = useLingui();
  const { name, sizeBytes, hasPassword, downloads, expiresAt } = link;
  const until = shortDate(expiresAt);
  return (
    <li className={styles.row}>
      <LinkIcon aria-hidden="true" />
      <span className={styles.what}>
        <span className={styles.name}>
          {name}
          {hasPassword && (
            <Tag>
              <Trans>Password</Trans>
            </Tag>
          )}
        </span>
        <span className={styles.note}>
          {formatBytes(sizeBytes)}, <Trans>until {until}</Trans>,{" "}
          <Plural
            value={downloads}
            _0="not downloaded yet"
            one="downloaded once"
            other="downloaded # times"
          />
        </span>
      </span>
      <IconButton label={t`Revoke ${name}…`} onClick={onRevoke}>
        <Trash2 />
      </IconButton>
    </li>
  );
}
