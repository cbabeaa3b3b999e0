/** Why a message was not saved or sent, and what can be done about it, where it happened. */
import { Trans, useLingui } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { Button } from "@/ui";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";
import { takeTheirs } from "./composers";
import { close, discard } from "./endings";
import type { Fate } from "./fate";
import { adviceOf, complaintIdOf } from "./problems";
import type { ComposerState } from "./types";

type ProblemBarProps = { composer: Composer; state: ComposerState; onSend: () => void };

export function ProblemBar({ composer, state, onSend }: ProblemBarProps) {
  if (state.send.kind !== "failed") return null;
  const { problem, during } = state.send;
  const canRepeat = !["NO_RECIPIENT", "BAD_ADDRESS", "TOO_MANY", "UPLOAD_FAILED"].includes(problem.code);
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert aria-hidden="true" />
      <p id={complaintIdOf(state)}>{adviceOf(problem)}</p>
      {problem.fate !== undefined ? (
        <FateButtons composer={composer} fate={problem.fate} />
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

/** Whatever is chosen, nothing that was written is lost by it. */
function FateButtons({ composer, fate }: { composer: Composer; fate: Fate }) {
  const { t } = useLingui();
  if (fate.kind === "changed") {
    return (
      <div className={styles.choices}>
        <Button size="s" onClick={() => composer.keepMine()}>
          {t`Keep mine`}
        </Button>
        <Button size="s" onClick={() => takeTheirs(composer, fate.draft)}>
          {t`Take the other one`}
        </Button>
        <Button size="s" onClick={() => composer.becomeNew()}>
          {t`Keep both`}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.choices}>
      <Button size="s" onClick={() => composer.becomeNew()}>
        {t`Keep as a new draft`}
      </Button>
      {composer.isChanged ? (
        <Button size="s" onClick={() => discard(composer)}>
          {t`Discard`}
        </Button>
      ) : (
        <Button size="s" onClick={() => close(composer)}>
          {t`Close`}
        </Button>
      )}
    </div>
  );
}
