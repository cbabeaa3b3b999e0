/** The border between list and message: drag it, or move it with arrows (WAI-ARIA window splitter). */
import { useLingui } from "@lingui/react/macro";
import { setPreference } from "@/app";
import styles from "./MailPage.module.css";

const MIN = 280;
const MAX = 640;

export function Divider({ width }: { width: number }) {
  const { t } = useLingui();
  const set = (px: number) => setPreference("listWidth", Math.round(Math.min(MAX, Math.max(MIN, px))));
  return (
    <div
      className={styles.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label={t`Width of the list`}
      aria-valuenow={width}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      tabIndex={0}
      onKeyDown={(event) => {
        const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
        const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(width + (isRtl ? -step : step));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
        set(width + (isRtl ? -event.movementX : event.movementX));
      }}
    />
  );
}
