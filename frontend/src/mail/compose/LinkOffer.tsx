/** What to do with files that are large for a message: send them as links, or attach them all the same. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { formatBytes } from "@/lib/bytes";
import { Button, Dialog, Field, Select } from "@/ui";
import type { LinkChoice } from "./links";
import styles from "./Templates.module.css";

const LIVES = [1, 3, 7, 14, 30, 90, 365];

export type LinkOfferProps = {
  files: readonly File[];
  maxDays: number;
  /** They would have room in the message as well. */
  canAttach: boolean;
  onLink: (choice: LinkChoice) => void;
  onAttach: () => void;
  onClose: () => void;
};

export function LinkOffer({ files, maxDays, canAttach, onLink, onAttach, onClose }: LinkOfferProps) {
  const { t } = useLingui();
  const form = useId();
  const lives = LIVES.filter((days) => days <= maxDays);
  const [days, setDays] = useState(Math.min(14, maxDays));
  const [password, setPassword] = useState("");
  const choices = lives.includes(days) ? lives : [...lives, days].sort((a, b) => a - b);

  function submit(event: FormEvent) {
    event.preventDefault();
    onLink({ days, password });
  }
  return (
    <Dialog
      open
      title={t`Send as a link?`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          {canAttach && (
            <Button onClick={onAttach}>
              <Trans>Attach anyway</Trans>
            </Button>
          )}
          <Button variant="primary" type="submit" form={form}>
            <Trans>Send as a link</Trans>
          </Button>
        </>
      }
    >
      <form id={form} className={styles.offer} noValidate onSubmit={submit}>
        <p>
          <Plural
            value={files.length}
            one="This file is large for a message. With a link it stays on this server, and recipients download it."
            other="These files are large for a message. With links they stay on this server, and recipients download them."
          />
        </p>
        <ul className={styles.files}>
          {files.map((file) => (
            <li key={`${file.name} ${file.size}`}>
              <span className={styles.name}>{file.name}</span>
              <span className={styles.note}>{formatBytes(file.size)}</span>
            </li>
          ))}
        </ul>
        <Select
          label={t`Kept for`}
          options={choices.map((count) => ({
            value: String(count),
            label: count === 1 ? t`1 day` : t`${count} days`,
          }))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        />
        <Field
          label={t`Password`}
          help={t`If you like. Tell it to the recipients by another way.`}
          autoComplete="off"
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
