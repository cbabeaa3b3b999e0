/** Below a setting: who says that it is so, how far it may go, and the way back to what holds without an own value. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CornerDownRight } from "lucide-react";
import type { ReactNode } from "react";
import { useViewer } from "@/app";
import { Button, useBoundWords } from "@/ui";
import type { PersonalSetting } from "../documents";
import styles from "./Origin.module.css";

export type OriginProps = {
  setting: PersonalSetting;
  /** The name of the setting. */
  label: string;
  /** What a value is called. */
  show: (value: PersonalSetting["value"]) => string;
  /** What the setting does. */
  children?: ReactNode;
  onReset: () => void;
};

export function Origin({ setting, label, show, children, onReset }: OriginProps) {
  const { t } = useLingui();
  const wordsFor = useOriginWords();
  const boundOf = useBoundWords();
  const { ownValue, inheritedValue, origin, ceiling, ceilingOrigin, isEditable } = setting;
  const usual = show(inheritedValue);
  const isOwn = ownValue !== null;
  const bound = boundOf(setting, show(ceiling));
  const from = ceilingOrigin === null ? "" : wordsFor({ ...ceilingOrigin, setBy: "" });
  return (
    <>
      {children}
      <span className={styles.origin}>
        {!isOwn && <CornerDownRight aria-hidden="true" />}
        <span>
          {wordsFor(origin)}
          {bound !== undefined && ceilingOrigin !== null && (
            <>
              {" · "}
              <Trans>
                {bound} ({from})
              </Trans>
            </>
          )}
        </span>
        {isOwn && isEditable && (
          <Button variant="link" size="s" aria-label={t`Go back to ${usual}: ${label}`} onClick={onReset}>
            <Trans>Go back to {usual}</Trans>
          </Button>
        )}
      </span>
    </>
  );
}

function useOriginWords(): (origin: PersonalSetting["origin"]) => string {
  const { t } = useLingui();
  const viewer = useViewer();
  return ({ level, name, setBy, isDefault }) => {
    if (isDefault) return t`Built-in default`;
    if (level === "SYSTEM") return t`System default`;
    if (level === "DOMAIN") return t`Default of ${name}`;
    return setBy === viewer.address ? t`Your choice` : t`Set for you by ${setBy}`;
  };
}
