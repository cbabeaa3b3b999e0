/** Something unexpected: what one can do about it, and an id to report. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CloudOff } from "lucide-react";
import { isApiError } from "@/api";
import { Button, Empty, toast } from "@/ui";

export function ErrorPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useLingui();
  const isOffline = isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT");
  const id = isApiError(error) ? error.id : undefined;

  async function copy() {
    const report = [`Postroom: ${error.name}: ${error.message}`, id, location.pathname, error.stack].filter(
      Boolean,
    );
    await navigator.clipboard.writeText(report.join("\n"));
    toast({ text: t`Report copied` });
  }

  return (
    <Empty
      isPage
      icon={<CloudOff />}
      title={isOffline ? t`The server cannot be reached.` : t`Something went wrong here.`}
      action={
        <div style={{ display: "flex", gap: "var(--s2)" }}>
          <Button variant="primary" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
          {!isOffline && (
            <Button onClick={() => void copy()}>
              <Trans>Copy report</Trans>
            </Button>
          )}
        </div>
      }
    >
      {!isOffline && <p>{error.message}</p>}
      {id !== undefined && (
        <p>
          <Trans>Report id: {id}</Trans>
        </p>
      )}
    </Empty>
  );
}
