/** A message as it came: who vouches for it and over which hosts, its header fields, its source. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { Button, Dialog, Spinner, Tabs, toast } from "@/ui";
import { OriginQuery } from "./documents";
import styles from "./Origin.module.css";
import { OriginWords } from "./OriginWords";
import { useRemote } from "./useRemote";

export type SourceView = "origin" | "headers" | "source";
const MAX_SOURCE = 512 * 1024;

export function SourceDialog({ id, view, onClose }: { id: string; view: SourceView; onClose: () => void }) {
  const { t } = useLingui();
  const [selected, setSelected] = useState<string>(view);
  const { value, error } = useRemote(id, (signal) => request(OriginQuery, { id }, { signal }));
  const message = value?.message;

  return (
    <Dialog
      open
      size="l"
      title={t`Where it comes from`}
      onClose={onClose}
      footer={
        <>
          <Button
            disabled={!message}
            onClick={() => {
              void navigator.clipboard
                .writeText(message?.headers ?? "")
                .then(() => toast({ text: t`Headers copied` }));
            }}
          >
            <Trans>Copy headers</Trans>
          </Button>
          <Button icon={<Download />} onClick={() => location.assign(`/files/${id}/raw`)}>
            <Trans>Download message</Trans>
          </Button>
        </>
      }
    >
      {error !== undefined && <p role="alert">{error}</p>}
      {value !== undefined && !message && (
        <p role="alert">
          <Trans>This message is no longer here.</Trans>
        </p>
      )}
      {value === undefined && error === undefined && <Spinner label={t`Loading`} />}
      {message && (
        <Tabs
          label={t`Views of the message`}
          selected={selected}
          onSelect={setSelected}
          tabs={[
            {
              id: "origin",
              label: t`In plain words`,
              content: <OriginWords origin={message.origin} messageId={message.messageId} />,
            },
            {
              id: "headers",
              label: t`Headers`,
              content: <pre className={styles.source}>{message.headers}</pre>,
            },
            { id: "source", label: t`Source`, content: <Source id={id} /> },
          ]}
        />
      )}
    </Dialog>
  );
}

function Source({ id }: { id: string }) {
  const { t } = useLingui();
  const { value, error } = useRemote(id, readSource);
  async function readSource(signal: AbortSignal): Promise<{ text: string; isCut: boolean }> {
    const answer = await fetch(`/files/${id}/raw`, { signal });
    if (!answer.ok) throw new Error(t`The source could not be loaded.`);
    const bytes = await answer.blob();
    const text = await bytes.slice(0, MAX_SOURCE).text();
    return { text, isCut: bytes.size > MAX_SOURCE };
  }
  if (error !== undefined) return <p role="alert">{error}</p>;
  if (value === undefined) return <Spinner label={t`Loading`} />;
  return (
    <>
      <pre className={styles.source}>{value.text}</pre>
      {value.isCut && (
        <p className={styles.fine}>
          <Trans>This is the beginning; the whole source is in the download.</Trans>
        </p>
      )}
    </>
  );
}
