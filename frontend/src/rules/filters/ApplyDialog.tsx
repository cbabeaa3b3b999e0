/** A filter goes through a folder: how far it is, a way to stop it, and in the end the way back. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Button, Dialog, ProgressBar, toast } from "@/ui";
import { type Applied, applyTo, type Progress, takeBack } from "./applying";
import type { Folder, Step } from "./documents";
import styles from "./Filters.module.css";

export type ApplyDialogProps = {
  filter: { id: string; name: string };
  folder: Folder;
  trashId: string | undefined;
  onClose: () => void;
};

export function ApplyDialog({ filter, folder, trashId, onClose }: ApplyDialogProps) {
  const { t } = useLingui();
  const [progress, setProgress] = useState<Progress>({ lookedAt: 0, matched: 0 });
  const [broken, setBroken] = useState<Applied>();
  const stopping = useRef(new AbortController());
  const hasBegun = useRef(false);

  async function undo(steps: readonly Step[]) {
    try {
      await takeBack(steps, trashId);
      toast({ text: t`Undone: the filter was taken back` });
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
    }
  }
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void applyTo(filter.id, folder.id, setProgress, stopping.current.signal).then((done) => {
      if (done.problem !== undefined) {
        setBroken(done);
        return;
      }
      const text = plural(done.matched, {
        0: "The filter matched nothing here",
        one: "Done with # message",
        other: "Done with # messages",
      });
      toast({
        text,
        ...(done.matched > 0 && { action: { label: t`Undo`, onAction: () => void undo(done.steps) } }),
        durationMs: 20_000,
      });
      onClose();
    });
  });

  return (
    <Dialog
      open
      size="s"
      title={t`Going through the folder`}
      dismissable={false}
      onClose={onClose}
      footer={
        broken === undefined ? (
          <Button onClick={() => stopping.current.abort()}>
            <Trans>Stop</Trans>
          </Button>
        ) : (
          <>
            {broken.matched > 0 && (
              <Button
                onClick={() => {
                  void undo(broken.steps);
                  onClose();
                }}
              >
                <Trans>Undo</Trans>
              </Button>
            )}
            <Button onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </>
        )
      }
    >
      <div className={styles.applying}>
        <p>{filter.name}</p>
        <ProgressBar label={t`How far it is`} value={progress.lookedAt} max={Math.max(1, folder.total)} />
        <p className={styles.note} role="status">
          <Plural value={progress.lookedAt} one="# message looked at" other="# messages looked at" />
          {", "}
          <Plural value={progress.matched} one="# matched" other="# matched" />
        </p>
        {broken !== undefined && (
          <p className={styles.refusal} role="alert">
            {broken.problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
