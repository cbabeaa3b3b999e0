/** One post that waits: what it says, and the decision about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { formatBytes } from "@/lib/bytes";
import { fullTime } from "@/lib/dates";
import { Button, Dialog, TextArea, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { DecidePostsMutation, type HeldPost, HeldPostTextQuery, type MailingList } from "./documents";
import own from "./Lists.module.css";

type Decision = "APPROVE" | "REJECT" | "DISCARD";
type HeldPostDialogProps = { list: MailingList; post: HeldPost; onClose: () => void };

export function HeldPostDialog({ list, post, onClose }: HeldPostDialogProps) {
  const { t } = useLingui();
  const [isRejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState("");
  const { act, isPending, refusal } = useAct();
  const query = useAdminQuery("held post", HeldPostTextQuery, { listId: list.id, postId: post.id });
  const [size, until] = [formatBytes(post.sizeBytes), fullTime(post.expiresAt)];

  async function decide(decision: Decision) {
    const sent = { listId: list.id, ids: [post.id], decision, reason: decision === "REJECT" ? reason : "" };
    if (!(await act(() => request(DecidePostsMutation, sent)))) return;
    onClose();
    const said = {
      APPROVE: t`Sent to the members`,
      REJECT: t`Returned to its author`,
      DISCARD: t`Discarded`,
    };
    toast({ text: said[decision] });
  }
  return (
    <Dialog
      open
      size="m"
      title={post.subject === "" ? t`(no subject)` : post.subject}
      onClose={onClose}
      footer={
        isRejecting ? (
          <>
            <Button variant="quiet" onClick={() => setRejecting(false)}>
              <Trans>Back</Trans>
            </Button>
            <Button variant="danger" pending={isPending} onClick={() => void decide("REJECT")}>
              <Trans>Reject</Trans>
            </Button>
          </>
        ) : (
          <>
            <Button variant="quiet" disabled={isPending} onClick={() => void decide("DISCARD")}>
              <Trans>Discard</Trans>
            </Button>
            <Button disabled={isPending} onClick={() => setRejecting(true)}>
              <Trans>Reject…</Trans>
            </Button>
            <Button variant="primary" pending={isPending} onClick={() => void decide("APPROVE")}>
              <Trans>Approve</Trans>
            </Button>
          </>
        )
      }
    >
      <div className={styles.form}>
        <p className={own.lines}>
          <span>{post.author}</span>
          <span className={own.line}>{post.reason}</span>
          <span className={own.line}>
            <Trans>
              {size}; discarded on {until} if nobody decides
            </Trans>
          </span>
        </p>
        {isRejecting ? (
          <TextArea
            label={t`Why, for the author`}
            rows={3}
            value={reason}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        ) : (
          <Loaded query={query}>
            {({ heldListPostText }) => (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1).
              <div className={own.text} role="region" aria-label={t`What the post says`} tabIndex={0}>
                {heldListPostText === "" ? <Trans>It has no text.</Trans> : heldListPostText}
              </div>
            )}
          </Loaded>
        )}
        {refusal !== undefined && (
          <p className={styles.refusal} role="alert">
            {refusal.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
