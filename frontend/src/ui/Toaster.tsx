/** Shows the notices; the region is live, so they are also spoken. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "./IconButton";
import { ProgressBar } from "./ProgressBar";
import styles from "./Toaster.module.css";
import { dismissToast, toastStore } from "./toasts";

export function Toaster() {
  const { t } = useLingui();
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  return (
    // A dialog takes the rest of the page out of reach, but not what is said of it and how it is undone.
    <section
      className={styles.region}
      data-react-aria-top-layer="true"
      aria-label={t`Notices`}
      aria-live="polite"
      aria-relevant="additions"
    >
      {toasts.map((entry) => (
        <div key={entry.id} className={styles.toast} data-tone={entry.tone}>
          <span className={styles.text}>
            {entry.text}
            {entry.progress !== undefined && (
              <ProgressBar label={entry.text} value={entry.progress} max={1} />
            )}
          </span>
          {entry.action !== undefined && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismissToast(entry.id);
                entry.action?.onAction();
              }}
            >
              {entry.action.label}
            </button>
          )}
          <IconButton
            size="s"
            label={t`Dismiss`}
            className={styles.close}
            onClick={() => {
              dismissToast(entry.id);
              entry.onDismiss?.();
            }}
          >
            <X />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
