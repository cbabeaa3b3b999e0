/** How far an act on all that match has come, and the way to stop it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { formatNumber } from "@/lib/numbers";
import { Button, ProgressBar, Spinner } from "@/ui";
import { countText, MOST_COUNTED } from "./count";
import styles from "./Queue.module.css";
import type { Progress } from "./useActOnAll";

export function Working({
  progress,
  total,
  onStop,
}: {
  progress: Progress;
  total: number;
  onStop: () => void;
}) {
  const { t } = useLingui();
  const done = formatNumber(progress.lookedAt);
  const all = countText(total);
  return (
    <div className={styles.working}>
      {total > MOST_COUNTED ? (
        <Spinner label={t`Working`} />
      ) : (
        <ProgressBar label={t`Progress`} value={progress.lookedAt} max={total} />
      )}
      <span className={styles.count} role="status">
        <Trans>
          {done} of {all}
        </Trans>
      </span>
      <Button size="s" onClick={onStop}>
        <Trans>Stop</Trans>
      </Button>
    </div>
  );
}
