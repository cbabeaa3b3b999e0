/** What one holder may do in a folder: a level, single rights under "advanced", and the way to end it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight, X } from "lucide-react";
import { Checkbox, IconButton, Select } from "@/ui";
import type { Share } from "./documents";
import { HolderName } from "./HolderName";
import { LETTERS, lettersOf, levelOf, rightsOf, toggled } from "./levels";
import styles from "./Sharing.module.css";
import { useLevelNames, useRightNames } from "./useRightNames";

export type ShareRowProps = {
  share: Share;
  disabled: boolean;
  onRights: (rights: Share["rights"]) => void;
};

export function ShareRow({ share, disabled, onRights }: ShareRowProps) {
  const { t } = useLingui();
  const names = useLevelNames();
  const { holder, kind, rights, isNegative } = share;
  const level = levelOf(rights);
  const options = (["read", "write", "manage"] as const).map((one) => ({ value: one, label: names[one] }));
  return (
    <li className={styles.share}>
      <div className={styles.row}>
        <HolderName holder={holder} kind={kind} />
        {isNegative ? (
          <span className={styles.note}>
            <Trans>May not: {lettersOf(rights)}</Trans>
          </span>
        ) : (
          <Select
            label={t`Rights of ${holder}`}
            hideLabel
            className={styles.level}
            disabled={disabled}
            options={level === undefined ? [...options, { value: "own", label: t`Own choice` }] : options}
            value={level ?? "own"}
            onChange={(value) => {
              const chosen = options.find((one) => one.value === value)?.value;
              if (chosen !== undefined) onRights(rightsOf(chosen));
            }}
          />
        )}
        <IconButton label={t`Stop sharing with ${holder}`} disabled={disabled} onClick={() => onRights([])}>
          <X />
        </IconButton>
      </div>
      {!isNegative && <Advanced share={share} disabled={disabled} onRights={onRights} />}
    </li>
  );
}

function Advanced({ share: { rights }, disabled, onRights }: ShareRowProps) {
  const words = useRightNames();
  return (
    <details className={styles.advanced}>
      <summary className={styles.summary}>
        <ChevronRight aria-hidden="true" />
        <Trans>Advanced</Trans> <code>{lettersOf(rights)}</code>
      </summary>
      <div className={styles.rights}>
        {LETTERS.map(([right, letter]) => {
          // The last right is taken by the button: a holder without any would vanish under the pointer.
          const isLast = rights.length === 1 && rights[0] === right;
          return (
            <Checkbox
              key={right}
              label={
                <>
                  <code className={styles.letter}>{letter}</code> {words[right]}
                </>
              }
              checked={rights.includes(right)}
              disabled={disabled || isLast}
              onChange={(on) => onRights(toggled(rights, right, on))}
            />
          );
        })}
      </div>
    </details>
  );
}
