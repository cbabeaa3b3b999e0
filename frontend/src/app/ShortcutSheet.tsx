/** All keys on one sheet, as they are registered now; they can be turned off and changed (WCAG 2.1.4). */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { showChord } from "@/lib/keys";
import { Button, Dialog, IconButton, Switch, toast } from "@/ui";
import { announce } from "./announce";
import { KeyCatcher } from "./KeyCatcher";
import { changeKeymap, type Keymap, keymap, useKeymap } from "./keymap";
import { withKey, withoutKey, withStandard } from "./keymapEdits";
import styles from "./ShortcutSheet.module.css";
import { type Command, useAllCommands } from "./shortcuts";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { isOn, keys } = useKeymap();
  const [isChanging, setChanging] = useState(false);
  const hasOwn = Object.keys(keys).length > 0;
  const commands = useAllCommands().filter(
    (command) => command.label !== undefined && (isChanging || (command.keys?.length ?? 0) > 0),
  );
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = command.group ?? t`General`;
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  function change(next: Keymap) {
    changeKeymap(next).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      toast({ text: t`The keys were not changed: ${reason}`, tone: "danger" });
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Keyboard shortcuts`}
      size="l"
      footer={
        <>
          {isChanging && hasOwn && (
            <Button variant="quiet" onClick={() => change({ isOn, keys: {} })}>
              <Trans>All as they were</Trans>
            </Button>
          )}
          <Button aria-pressed={isChanging} onClick={() => setChanging(!isChanging)}>
            {isChanging ? <Trans>Done</Trans> : <Trans>Change keys</Trans>}
          </Button>
        </>
      }
    >
      <div className={styles.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {entries.map((command) => (
                <div key={command.id} className={styles.row}>
                  <dt>{command.label}</dt>
                  <dd>
                    {isChanging ? (
                      <Keys command={command} isOwn={command.id in keys} onChange={change} />
                    ) : (
                      command.keys?.map((one) => <kbd key={one}>{showChord(one)}</kbd>)
                    )}
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
        checked={isOn}
        onChange={(on) => change({ isOn: on, keys })}
      />
    </Dialog>
  );
}

type KeysProps = { command: Command; isOwn: boolean; onChange: (next: Keymap) => void };

function Keys({ command, isOwn, onChange }: KeysProps) {
  const { t } = useLingui();
  const all = useAllCommands();
  const [isCatching, setCatching] = useState(false);
  const label = command.label ?? "";

  function give(key: string) {
    setCatching(false);
    const loser = all.find((one) => one.id !== command.id && one.keys?.includes(key));
    const shown = showChord(key);
    const loserName = loser?.label;
    announce(
      loserName === undefined ? t`${label}: ${shown}` : t`${label}: ${shown}, taken from ${loserName}`,
    );
    onChange(withKey(keymap(), all, command.id, key));
  }
  return (
    <>
      {command.keys?.map((key) => {
        const shown = showChord(key);
        return (
          <span key={key} className={styles.key}>
            <kbd>{shown}</kbd>
            <IconButton
              size="s"
              label={t`Remove ${shown} from ${label}`}
              onClick={() => onChange(withoutKey(keymap(), command, key))}
            >
              <X />
            </IconButton>
          </span>
        );
      })}
      {isCatching ? (
        <KeyCatcher label={label} onKey={give} onEnd={() => setCatching(false)} />
      ) : (
        <IconButton size="s" label={t`Add a key for ${label}`} onClick={() => setCatching(true)}>
          <Plus />
        </IconButton>
      )}
      {isOwn && (
        <IconButton
          size="s"
          label={t`Standard keys for ${label}`}
          onClick={() => onChange(withStandard(keymap(), command.id))}
        >
          <RotateCcw />
        </IconButton>
      )}
    </>
  );
}
