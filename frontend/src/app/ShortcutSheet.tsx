/** All keys on one sheet, as they are registered now. */
import { useLingui } from "@lingui/react/macro";
import { showChord } from "@/lib/keys";
import { Dialog, Switch } from "@/ui";
import { setPreference, usePreferences } from "./preferences";
import styles from "./ShortcutSheet.module.css";
import { type Command, useAllCommands } from "./shortcuts";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { shortcuts } = usePreferences();
  const commands = useAllCommands().filter(
    (command) => command.label !== undefined && (command.keys?.length ?? 0) > 0,
  );
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = command.group ?? t`General`;
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return (
    <Dialog open onClose={onClose} title={t`Keyboard shortcuts`} size="l">
      <div className={styles.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {entries.map((command) => (
                <div key={command.id} className={styles.row}>
                  <dt>{command.label}</dt>
                  <dd>
                    {command.keys?.map((keys) => (
                      <kbd key={keys}>{showChord(keys)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        label={t`Single-key shortcuts`}
        help={t`Turn them off if they clash with a screen reader or with speech input.`}
        checked={shortcuts}
        onChange={(on) => setPreference("shortcuts", on)}
      />
    </Dialog>
  );
}
