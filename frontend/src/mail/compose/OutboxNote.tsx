/** How many messages wait to be sent; each can be opened, and waits no longer then. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ClockArrowUp } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Menu } from "@/ui";
import styles from "./Compose.module.css";
import { outbox } from "./outbox";
import { openWaiting } from "./waiting";

export function OutboxNote() {
  const { t } = useLingui();
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.get);
  if (waiting.length === 0) return null;
  const text = plural(waiting.length, {
    one: "# message waits to be sent",
    other: "# messages wait to be sent",
  });
  const items = waiting.map((composer) => {
    const { key, content } = composer.get();
    const [first] = [...content.to, ...content.cc, ...content.bcc];
    return {
      id: key,
      label: content.subject.trim() || t`(no subject)`,
      hint: first?.name || first?.address || "",
      onAction: () => openWaiting(composer),
    };
  });
  return (
    <Menu
      label={text}
      placement="top end"
      groups={[{ id: "waiting", label: t`Open, and do not send yet`, items }]}
      trigger={(props) => (
        <button type="button" className={styles.outbox} {...props}>
          <ClockArrowUp aria-hidden="true" />
          {text}
        </button>
      )}
    />
  );
}
