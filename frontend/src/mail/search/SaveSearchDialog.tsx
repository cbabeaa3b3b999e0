/** The name under which a search stands beside the folders. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog, Field, toast } from "@/ui";
import styles from "./Search.module.css";
import { type Saved, saveSearch } from "./saved";

export type SaveSearchDialogProps = { query: string; search?: Saved; onClose: () => void };

export function SaveSearchDialog({ query, search, onClose }: SaveSearchDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(search?.name ?? query.slice(0, 100));
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      await saveSearch(name, query, search?.id ?? null);
      toast({ text: t`Saved beside your folders: ${name}` });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
      setBusy(false);
    }
  }
  return (
    <Dialog open onClose={onClose} title={search === undefined ? t`Save search` : t`Rename search`} size="s">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t`Name`}
          help={query}
          required
          maxLength={100}
          autoFocus
          value={name}
          error={error}
          onChange={(event) => setName(event.target.value)}
        />
        <div className={styles.actions}>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" pending={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
