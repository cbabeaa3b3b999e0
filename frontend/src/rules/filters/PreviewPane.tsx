/** What the filter would match now: a count and the newest of them. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { nameOf } from "@/lib/addresses";
import { shortDate } from "@/lib/dates";
import { Select } from "@/ui";
import type { Preview } from "./documents";
import styles from "./Filters.module.css";

export type PreviewPaneProps = {
  preview: Preview | undefined;
  isReady: boolean;
  isCurrent: boolean;
  error: Error | null;
  everywhere: boolean;
  onEverywhere: (everywhere: boolean) => void;
};

export function PreviewPane({
  preview,
  isReady,
  isCurrent,
  error,
  everywhere,
  onEverywhere,
}: PreviewPaneProps) {
  const { t } = useLingui();
  return (
    <section className={styles.preview} aria-label={t`What it would match`}>
      <div className={styles.previewHead}>
        <p className={styles.count} role="status" data-current={isCurrent || undefined}>
          <Count preview={preview} isReady={isReady} error={error} />
        </p>
        <Select
          label={t`Look in`}
          hideLabel
          value={everywhere ? "all" : "inbox"}
          options={[
            { value: "inbox", label: t`Inbox` },
            { value: "all", label: t`All folders` },
          ]}
          onChange={(value) => onEverywhere(value === "all")}
        />
      </div>
      {preview !== undefined && preview.rows.length > 0 && (
        <ul className={styles.matches} data-current={isCurrent || undefined}>
          {preview.rows.map((row) => (
            <li key={row.id} className={styles.match}>
              <span className={styles.matchFrom}>{nameOf(row.from)}</span>
              <span className={styles.matchSubject}>{row.subject.trim() || t`No subject`}</span>
              <time className={styles.matchDate} dateTime={row.receivedAt}>
                {shortDate(row.receivedAt)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Count({ preview, isReady, error }: Pick<PreviewPaneProps, "preview" | "isReady" | "error">) {
  if (!isReady) return <Trans>Say what to look for, and you see here what it matches.</Trans>;
  if (error !== null) return error.message;
  if (preview === undefined) return <Trans>Looking…</Trans>;
  if (preview.lookedAt === 0) return <Trans>There is no mail here to try it on.</Trans>;
  return (
    <>
      <Plural value={preview.matched} _0="Matches none" one="Matches #" other="Matches #" />{" "}
      <Plural value={preview.lookedAt} one="of your last message" other="of your last # messages" />
    </>
  );
}
