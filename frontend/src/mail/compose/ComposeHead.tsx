/** Above a message being written: what it is, and where it is written. */
import { useLingui } from "@lingui/react/macro";
import { Maximize2, Minimize2, Minus, PanelBottom, SquareArrowOutUpRight, X } from "lucide-react";
import { IconButton } from "@/ui";
import { isApart } from "./apart";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";
import { bringUp } from "./composers";
import { close, end } from "./endings";
import { popOut } from "./popOut";
import { SavedNote } from "./SavedNote";
import type { ComposerState } from "./types";

type ComposeHeadProps = {
  composer: Composer;
  state: ComposerState;
  title: string;
  isLarge: boolean;
  onLarge: (isLarge: boolean) => void;
};

export function ComposeHead({ composer, state, title, isLarge, onLarge }: ComposeHeadProps) {
  const { t } = useLingui();
  const { isMinimised } = state;
  const isBusy = state.isLent || state.send.kind === "sending";
  const fold = () => (isMinimised ? bringUp(composer) : composer.show({ isMinimised: true }));
  return (
    <header className={styles.head}>
      {isApart() ? (
        <h1 className={styles.title}>{title}</h1>
      ) : (
        <button type="button" className={styles.title} aria-expanded={!isMinimised} onClick={fold}>
          {title}
        </button>
      )}
      {!isMinimised && <SavedNote state={state} />}
      {isApart() ? (
        <IconButton
          size="s"
          label={t`Back to the mail window`}
          disabled={isBusy}
          onClick={() => void end(composer, { kind: "back" })}
        >
          <PanelBottom />
        </IconButton>
      ) : (
        <>
          <IconButton
            size="s"
            className={styles.wideOnly}
            label={isMinimised ? t`Unfold` : t`Minimise`}
            onClick={fold}
          >
            <Minus />
          </IconButton>
          {!isMinimised && (
            <IconButton
              size="s"
              className={styles.wideOnly}
              label={isLarge ? t`Smaller` : t`Larger`}
              onClick={() => onLarge(!isLarge)}
            >
              {isLarge ? <Minimize2 /> : <Maximize2 />}
            </IconButton>
          )}
          <IconButton
            size="s"
            className={styles.wideOnly}
            label={t`In a new window`}
            disabled={isBusy}
            onClick={() => popOut(composer)}
          >
            <SquareArrowOutUpRight />
          </IconButton>
        </>
      )}
      <IconButton
        size="s"
        label={t`Save and close`}
        shortcut="Escape"
        disabled={isBusy}
        onClick={() => close(composer)}
      >
        <X />
      </IconButton>
    </header>
  );
}
