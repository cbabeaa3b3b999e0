/** The raw header fields of a message. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { request } from "@/api";
import { Button, Dialog, Spinner, toast } from "@/ui";
import { HeadersQuery } from "../store/documents";
import styles from "./Reading.module.css";

export function HeadersDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui();
  const [headers, setHeaders] = useState<string>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    const leaving = new AbortController();
    request(HeadersQuery, { id }, { signal: leaving.signal })
      .then(({ message }) => setHeaders(message?.headers ?? ""))
      .catch((problem: unknown) => {
        if (!leaving.signal.aborted) setError(problem instanceof Error ? problem.message : String(problem));
      });
    return () => leaving.abort();
  }, [id]);

  return (
    <Dialog
      open
      size="l"
      title={t`Headers`}
      onClose={onClose}
      footer={
        <Button
          disabled={headers === undefined}
          onClick={() => {
            void navigator.clipboard.writeText(headers ?? "").then(() => toast({ text: t`Headers copied` }));
          }}
        >
          <Trans>Copy</Trans>
        </Button>
      }
    >
      {error !== undefined && <p role="alert">{error}</p>}
      {headers === undefined && error === undefined ? (
        <Spinner label={t`Loading`} />
      ) : (
        <pre className={styles.headers}>{headers}</pre>
      )}
    </Dialog>
  );
}
