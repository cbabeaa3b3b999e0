/** The raw header fields of a message. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { request } from "@/api";
import { Button, Dialog, Spinner, toast } from "@/ui";
import { HeadersQuery } from "../store/documents";
import styles from "./Reading.module.css";

export function HeadersDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui();
  const { data, error } = useQuery({
    queryKey: ["MessageHeaders", { id }],
    queryFn: () => request(HeadersQuery, { id }),
  });
  const headers = data?.message?.headers;
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
      {error !== null && <p role="alert">{error.message}</p>}
      {headers === undefined && error === null ? (
        <Spinner label={t`Loading`} />
      ) : (
        <pre className={styles.headers}>{headers}</pre>
      )}
    </Dialog>
  );
}
