/** Why a message was not saved or sent, and what can be done about it, where it happened. */
import { Trans, useLingui } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { Button } from "@/ui";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";
import { adviceOf, complaintIdOf } from "./problems";
import type { ComposerState } from "./types";

type ProblemBarProps = { composer: Composer; state: ComposerState; onSend: () => void };

export function ProblemBar({ composer, state, onSend }: ProblemBarProps) {
  const { t } = useLingui();
  if (state.send.kind !== "failed") return null;
  const { problem, during } = state.send;
  const isGone = problem.code === "CONFLICT" && state.serverId !== null;
  const canRepeat = !["NO_RECIPIENT", "BAD_ADDRESS", "UPLOAD_FAILED"].includes(problem.code);
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert aria-hidden="true" />
      <p id={complaintIdOf(state)}>{adviceOf(problem)}</p>
      {isGone ? (
        <Button size="s" onClick={() => composer.becomeNew(t`Attach it again`)}>
          <Trans>Keep as a new draft</Trans>
        </Button>
      ) : (
        canRepeat && (
          <Button
            size="s"
            onClick={() => (during === "sending" ? onSend() : void composer.save().catch(() => undefined))}
          >
            <Trans>Try again</Trans>
          </Button>
        )
      )}
    </div>
  );
}
