/** The border between list and message: drag it, or move it with arrows (WAI-ARIA window splitter). */
import { useLingui } from "@lingui/react/macro";
import { setPreference } from "@/app";
import styles from "./MailPage.module.css";

const MIN = 280;
const MAX = 640;
const MIN_SHARE = 0.2;
const MAX_SHARE = 0.8;

export type DividerProps = { isBelow: boolean; width: number; share: number };

export function Divider({ isBelow, width, share }: DividerProps) {
  const { t } = useLingui();
  const setWidth = (px: number) => setPreference("listWidth", Math.round(Math.min(MAX, Math.max(MIN, px))));
  const setShare = (part: number) =>
    setPreference("listShare", Math.min(MAX_SHARE, Math.max(MIN_SHARE, Math.round(part * 1000) / 1000)));

  function move(element: Element, dx: number, dy: number) {
    const isRtl = getComputedStyle(element).direction === "rtl";
    if (isBelow) setShare(share + dy / (element.parentElement?.clientHeight || 1));
    else setWidth(width + (isRtl ? -dx : dx));
  }
  return (
    <div
      className={styles.divider}
      role="separator"
      aria-orientation={isBelow ? "horizontal" : "vertical"}
      aria-label={isBelow ? t`Height of the list` : t`Width of the list`}
      aria-valuenow={isBelow ? Math.round(share * 100) : width}
      aria-valuemin={isBelow ? MIN_SHARE * 100 : MIN}
      aria-valuemax={isBelow ? MAX_SHARE * 100 : MAX}
      tabIndex={0}
      onKeyDown={(event) => {
        const keys: Record<string, number> = isBelow
          ? { ArrowUp: -16, ArrowDown: 16 }
          : { ArrowLeft: -16, ArrowRight: 16 };
        const step = keys[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        move(event.currentTarget, step, step);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          move(event.currentTarget, event.movementX, event.movementY);
      }}
    />
  );
}
