/** What goes from a folder by itself: after how long, beyond how many, and how many that would be now. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { request } from "@/api";
import { type Folder, useFolderName } from "@/rules";
import { Button, Checkbox, Dialog, Field, Select } from "@/ui";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";
import { CleanupPreviewQuery, type FolderCleanup, SetFolderCleanupMutation } from "./documents";

export type CleanupDialogProps = {
  /** Those that may be chosen; only one where a rule is changed. */
  folders: readonly Folder[];
  rule: FolderCleanup | undefined;
  onClose: () => void;
};

const numberOf = (text: string) => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : null);

export function CleanupDialog({ folders, rule, onClose }: CleanupDialogProps) {
  const { t } = useLingui();
  const form = useId();
  const nameOf = useFolderName();
  const [mailboxId, setMailboxId] = useState(rule?.mailboxId ?? folders[0]?.id ?? "");
  const [days, setDays] = useState(rule === undefined ? "90" : String(rule.maxAgeDays ?? ""));
  const [newest, setNewest] = useState(String(rule?.keepNewest ?? ""));
  const [isForever, setForever] = useState(rule?.isForever ?? false);
  const { change, isPending, refusal } = useChange();
  const limits = { maxAgeDays: numberOf(days), keepNewest: numberOf(newest) };
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);

  async function save() {
    const done = await change(() => request(SetFolderCleanupMutation, { mailboxId, ...limits, isForever }));
    if (done !== undefined) onClose();
  }
  return (
    <Dialog
      open
      size="s"
      title={rule === undefined ? t`Clean up a folder` : t`Change the clean-up`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={isPending}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) void save();
        }}
      >
        <Select
          label={t`Folder`}
          value={mailboxId}
          disabled={rule !== undefined}
          error={errorOf("mailboxId")}
          options={folders.map((folder) => ({ value: folder.id, label: nameOf(folder) }))}
          onChange={setMailboxId}
        />
        <Field
          label={t`Remove what came there longer ago than`}
          suffix={t`days`}
          inputMode="numeric"
          value={days}
          error={errorOf("maxAgeDays")}
          onChange={(event) => setDays(event.target.value)}
        />
        <Field
          label={t`Keep at most the newest`}
          suffix={t`messages`}
          help={t`Empty: however many.`}
          inputMode="numeric"
          value={newest}
          error={errorOf("keepNewest")}
          onChange={(event) => setNewest(event.target.value)}
        />
        <Checkbox
          label={t`Remove for good`}
          help={t`Otherwise it goes to Trash. Starred messages stay.`}
          checked={isForever}
          onChange={setForever}
        />
        <Count mailboxId={mailboxId} {...limits} />
        {refusal !== undefined && refusal.field === undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

type CountProps = { mailboxId: string; maxAgeDays: number | null; keepNewest: number | null };

function Count(asked: CountProps) {
  const key = JSON.stringify(asked);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), 350);
    return () => clearTimeout(timer);
  }, [key]);
  const { data, error } = useQuery({
    queryKey: ["cleanupPreview", settled],
    queryFn: ({ signal }) => request(CleanupPreviewQuery, JSON.parse(settled) as CountProps, { signal }),
    enabled: asked.mailboxId !== "" && (asked.maxAgeDays !== null || asked.keepNewest !== null),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <p className={styles.note} role="status">
      {error?.message}
      {error === null && data !== undefined && (
        <Plural
          value={data.cleanupPreview}
          _0="Nothing would go now."
          one="# message would go now."
          other="# messages would go now."
        />
      )}
    </p>
  );
}
