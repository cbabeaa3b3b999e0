/** Making, renaming, emptying and removing a folder. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { isApiError, request } from "@/api";
import { Button, Confirm, Dialog, Field, toast } from "@/ui";
import { emptyMailbox } from "../bulk/bulkActs";
import { mailStore, useMailboxes } from "../mailStore";
import { isBelow, mailboxName } from "../names";
import { CreateMailboxMutation, DeleteMailboxMutation, RenameMailboxMutation } from "../store/documents";
import type { Mailbox } from "../store/types";

export type FolderTask =
  | { kind: "create"; parent?: Mailbox }
  | { kind: "rename"; mailbox: Mailbox }
  | { kind: "empty"; mailbox: Mailbox }
  | { kind: "delete"; mailbox: Mailbox };

export function FolderDialog({ task, onClose }: { task: FolderTask; onClose: () => void }) {
  return task.kind === "create" || task.kind === "rename" ? (
    <NameDialog task={task} onClose={onClose} />
  ) : (
    <RemoveDialog task={task} onClose={onClose} />
  );
}

type NameTask = Extract<FolderTask, { kind: "create" | "rename" }>;

function NameDialog({ task, onClose }: { task: NameTask; onClose: () => void }) {
  const { t } = useLingui();
  const form = useId();
  const [name, setName] = useState(task.kind === "rename" ? task.mailbox.name : "");
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    try {
      await save(task, name.trim());
      await mailStore.loadMailboxes();
      onClose();
    } catch (problem) {
      setError(isApiError(problem) ? problem.message : t`That did not work. Please try again.`);
      setPending(false);
    }
  }

  return (
    <Dialog
      open
      size="s"
      title={task.kind === "rename" ? t`Rename folder` : t`New folder`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            pending={isPending}
            disabled={name.trim() === ""}
          >
            {task.kind === "rename" ? <Trans>Rename</Trans> : <Trans>Create</Trans>}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field
          label={t`Name`}
          value={name}
          maxLength={200}
          autoFocus
          autoComplete="off"
          error={error}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

async function save(task: NameTask, name: string): Promise<void> {
  if (task.kind === "create") {
    await request(CreateMailboxMutation, {
      path: task.parent === undefined ? name : `${task.parent.path}/${name}`,
    });
    return;
  }
  const parent = task.mailbox.path.slice(0, task.mailbox.path.length - task.mailbox.name.length);
  await request(RenameMailboxMutation, { id: task.mailbox.id, path: `${parent}${name}` });
}

/** Where emptying moves to Trash; from there, and from Junk, it is for good. */
const isMoved = ({ specialUse }: Mailbox) => specialUse !== "TRASH" && specialUse !== "JUNK";

function RemoveDialog({
  task,
  onClose,
}: {
  task: Extract<FolderTask, { kind: "empty" | "delete" }>;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const [isPending, setPending] = useState(false);
  const name = mailboxName(task.mailbox);
  // Folders may come into it, or be heard of, while the question stands.
  const hasFolders = useMailboxes()?.some((one) => isBelow(one, task.mailbox)) ?? false;

  async function confirm() {
    setPending(true);
    try {
      if (task.kind === "empty") await emptyMailbox(task.mailbox);
      else await request(DeleteMailboxMutation, { id: task.mailbox.id });
      await mailStore.catchUp();
      onClose();
    } catch (problem) {
      toast({
        text: isApiError(problem) ? problem.message : t`That did not work. Please try again.`,
        tone: "danger",
      });
      setPending(false);
    }
  }

  return (
    <Confirm
      open
      danger
      pending={isPending}
      title={task.kind === "empty" ? t`Empty ${name}?` : t`Delete ${name}?`}
      action={task.kind === "empty" ? t`Empty` : t`Delete`}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {task.kind === "empty" && isMoved(task.mailbox) ? (
        <Trans>All messages in it are moved to Trash.</Trans>
      ) : task.kind === "empty" && hasFolders ? (
        <Trans>All messages and folders in it are deleted for good.</Trans>
      ) : task.kind === "empty" ? (
        <Trans>All messages in it are deleted for good.</Trans>
      ) : (
        <Trans>The folder and the messages in it are deleted for good.</Trans>
      )}
    </Confirm>
  );
}
