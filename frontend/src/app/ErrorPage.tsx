/** Something unexpected: what one can do about it, and an id to report. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CloudOff } from "lucide-react";
import { isApiError } from "@/api";
import { Button, Empty, toast } from "@/ui";
import { isMissingCode } from "./missingCode";

export function ErrorPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useLingui();
  const isOffline = isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT");
  const isMissing = isMissingCode(error);
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
      title={
        isOffline
          ? t`The server cannot be reached.`
          : isMissing
            ? t`A part of this page did not come.`
            : t`Something went wrong here.`
      }
      action={
        <div style={{ display: "flex", gap: "var(--s2)" }}>
          <Button variant="primary" onClick={onRetry}>
            {isMissing ? <Trans>Reload</Trans> : <Trans>Try again</Trans>}
          </Button>
          {!isOffline && !isMissing && (
            <Button onClick={() => void copy()}>
              <Trans>Copy report</Trans>
            </Button>
          )}
        </div>
      }
    >
      {isMissing ? (
        <p>
          <Trans>There is a newer version, or no connection. What you were writing is kept.</Trans>
        </p>
      ) : (
        !isOffline && <p>{error.message}</p>
      )}
      {id !== undefined && (
        <p>
          <Trans>Report id: {id}</Trans>
        </p>
      )}
    </Empty>
  );
}
