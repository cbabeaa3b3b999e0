/** "Saved 09:41", or what is under way. Changes are not spoken: they come every few seconds. */
import { useLingui } from "@lingui/react/macro";
import { listTime } from "@/lib/dates";
import styles from "./Compose.module.css";
import type { ComposerState } from "./types";

export function SavedNote({ state }: { state: ComposerState }) {
  const { t } = useLingui();
  const { send, savedAt, version, savedVersion } = state;
  const time = savedAt === null ? "" : listTime(savedAt);
  const text =
    send.kind === "saving"
      ? t`Saving…`
      : send.kind === "sending"
        ? t`Sending…`
        : send.kind === "failed"
          ? t`Not saved`
          : savedAt !== null && version === savedVersion
            ? t`Saved ${time}`
            : "";
  const isUnsaved = send.kind !== "failed" || send.during === "saving" || version !== savedVersion;
  return <span className={styles.saved}>{isUnsaved ? text : t`Saved ${time}`}</span>;
}
