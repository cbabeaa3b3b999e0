/** A thin bar for a share of something: quota, progress of a job. */
import styles from "./Progress.module.css";

export type ProgressBarProps = {
  label: string;
  /** Between 0 and `max`. */
  value: number;
  max?: number;
  /** `progress` for work under way, `meter` for a level such as a quota. */
  kind?: "progress" | "meter";
};

export function ProgressBar({ label, value, max = 100, kind = "progress" }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const percent = Math.round(share * 100);
  const level = kind === "meter" && share >= 0.9 ? "full" : undefined;
  return (
    <div
      className={styles.bar}
      role={kind === "meter" ? "meter" : "progressbar"}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-level={level}
    >
      <div className={styles.fill} style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}
