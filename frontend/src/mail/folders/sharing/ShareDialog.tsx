/** Who may do what in a folder; every change holds at once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useState } from "react";
import { isApiError, request } from "@/api";
import { Button, Checkbox, Dialog, Select, Spinner } from "@/ui";
import { useMailboxes } from "../../mailStore";
import { mailboxName } from "../../names";
import type { Mailbox } from "../../store/types";
import { SetShareMutation, type Share, SharesQuery } from "./documents";
import { HolderField } from "./HolderField";
import { type Level, rightsOf } from "./levels";
import { ShareRow } from "./ShareRow";
import styles from "./Sharing.module.css";
import { useLevelNames } from "./useRightNames";

export function ShareDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const { t } = useLingui();
  const name = mailboxName(mailbox);
  const { shares, set, isPending, error } = useShares(mailbox.id);
  const [withChildren, setWithChildren] = useState(false);
  const hasChildren = useMailboxes()?.some(({ path }) => path.startsWith(`${mailbox.path}/`)) ?? false;
  return (
    <Dialog
      open
      size="m"
      title={t`Share ${name}`}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      }
    >
      <div className={styles.dialog}>
        <AddForm
          isPending={isPending}
          error={error}
          onAdd={(holder, level) => set({ holder, rights: rightsOf(level), isNegative: false, withChildren })}
        />
        {hasChildren && (
          <Checkbox
            label={t`What is changed here holds for the folders inside as well`}
            checked={withChildren}
            onChange={setWithChildren}
          />
        )}
        {shares === undefined ? (
          error === undefined && <Spinner label={t`Loading`} />
        ) : shares.length === 0 ? (
          <p className={styles.nobody}>
            <Trans>Nobody else sees this folder.</Trans>
          </p>
        ) : (
          <ul className={styles.shares} aria-label={t`Shared with`}>
            {shares.map((share) => (
              <ShareRow
                key={`${share.holder} ${share.isNegative}`}
                share={share}
                disabled={isPending}
                onRights={(rights) =>
                  void set({ holder: share.holder, rights, isNegative: share.isNegative, withChildren })
                }
              />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

type Change = Pick<Share, "holder" | "rights" | "isNegative"> & { withChildren: boolean };

const isSame = (share: Share, change: Change) =>
  share.holder === change.holder && share.isNegative === change.isNegative;

/** The grants of a folder; `set` resolves to whether the change was taken. */
function useShares(mailboxId: string) {
  const { t } = useLingui();
  const [shares, setShares] = useState<readonly Share[]>();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const said = (problem: unknown) =>
    isApiError(problem) ? problem.message : t`That did not work. Please try again.`;

  useEffect(() => {
    const leaving = new AbortController();
    request(SharesQuery, { id: mailboxId }, { signal: leaving.signal })
      .then((answer) => setShares(answer.shares))
      .catch((problem: unknown) => {
        if (!leaving.signal.aborted) setError(problem instanceof Error ? problem.message : String(problem));
      });
    return () => leaving.abort();
  }, [mailboxId]);

  async function set(change: Change): Promise<boolean> {
    setPending(true);
    setError(undefined);
    // What somebody already holds is shown as chosen at once, and put back where it is refused.
    setShares(
      shares?.map((one) => (isSame(one, change) && change.rights.length > 0 ? { ...one, ...change } : one)),
    );
    try {
      const answer = await request(SetShareMutation, { input: { mailboxId, ...change } });
      setShares(answer.shares);
      return true;
    } catch (problem) {
      setShares(shares);
      setError(said(problem));
      return false;
    } finally {
      setPending(false);
    }
  }
  return { shares, set, isPending, error };
}

type AddFormProps = {
  isPending: boolean;
  error: string | undefined;
  onAdd: (holder: string, level: Level) => Promise<boolean>;
};

function AddForm({ isPending, error, onAdd }: AddFormProps) {
  const { t } = useLingui();
  const names = useLevelNames();
  const [holder, setHolder] = useState("");
  const [level, setLevel] = useState<Level>("read");
  const levels = (["read", "write", "manage"] as const).map((one) => ({ value: one, label: names[one] }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isPending && holder.trim() !== "" && (await onAdd(holder.trim(), level))) setHolder("");
  }
  return (
    <form className={styles.add} noValidate onSubmit={(event) => void submit(event)}>
      <HolderField value={holder} error={error} onChange={setHolder} />
      <Select
        label={t`Rights`}
        hideLabel
        className={styles.level}
        options={levels}
        value={level}
        onChange={(value) => setLevel(levels.find((one) => one.value === value)?.value ?? "read")}
      />
      <Button type="submit" pending={isPending} disabled={holder.trim() === ""}>
        <Trans>Share</Trans>
      </Button>
    </form>
  );
}
