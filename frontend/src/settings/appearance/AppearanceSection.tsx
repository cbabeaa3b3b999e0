/** How everything looks, and what keys and swipes do. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Palette } from "lucide-react";
import { changeKeymap, type Preferences, setPreference, useKeymap, usePreferences } from "@/app";
import { type Language, languages } from "@/lib/languages";
import { Select, Switch, toast } from "@/ui";
import styles from "../Settings.module.css";
import type { Section } from "../section";

export const appearance: Section = {
  id: "appearance",
  icon: Palette,
  group: "browser",
  title: msg`Appearance and keys`,
  words: msg`language theme dark light density lists keyboard shortcuts next message conversation thread newest swipe pane`,
  needsMail: false,
  Page: AppearancePage,
};

type Choice<K extends keyof Preferences> = { value: Preferences[K] & string; label: string };

function AppearancePage() {
  const { t } = useLingui();
  const chosen = usePreferences();
  const { language, theme, density, pane, afterAct, conversations, conversationOrder } = chosen;
  const { isOn, keys } = useKeymap();
  const themes: Choice<"theme">[] = [
    { value: "system", label: t`Like the system` },
    { value: "light", label: t`Light` },
    { value: "dark", label: t`Dark` },
  ];
  const tongues: Choice<"language">[] = [
    { value: "auto", label: t`Like the browser` },
    ...Object.entries(languages).map(([value, label]) => ({ value: value as Language, label })),
  ];
  const densities: Choice<"density">[] = [
    { value: "compact", label: t`Compact` },
    { value: "cosy", label: t`Cosy` },
    { value: "roomy", label: t`Roomy` },
  ];
  const nexts: Choice<"afterAct">[] = [
    { value: "next", label: t`The next message` },
    { value: "previous", label: t`The previous message` },
    { value: "list", label: t`The list` },
  ];
  const orders: Choice<"conversationOrder">[] = [
    { value: "newest-last", label: t`Newest message last` },
    { value: "newest-first", label: t`Newest message first` },
  ];
  const panes: Choice<"pane">[] = [
    { value: "right", label: t`Beside the list` },
    { value: "below", label: t`Below the list` },
    { value: "off", label: t`In place of the list` },
  ];
  const swipes: Choice<"swipeStart">[] = [
    { value: "archive", label: t`Archive` },
    { value: "trash", label: t`Delete` },
    { value: "read", label: t`Read or unread` },
    { value: "star", label: t`Star` },
    { value: "junk", label: t`Junk` },
    { value: "move", label: t`Move to…` },
    { value: "tag", label: t`Tag…` },
    { value: "snooze", label: t`Snooze` },
    { value: "none", label: t`Nothing` },
  ];
  const ways = [
    { name: "swipeStart", label: t`Short, towards the start of the line` },
    { name: "swipeStartLong", label: t`Long, towards the start of the line` },
    { name: "swipeEnd", label: t`Short, towards its end` },
    { name: "swipeEndLong", label: t`Long, towards its end` },
  ] as const;
  function choose<K extends keyof Preferences>(name: K, choices: readonly Choice<K>[], value: string) {
    const found = choices.find((one) => one.value === value);
    if (found !== undefined) setPreference(name, found.value);
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>The theme holds in this browser, the rest on all your devices.</Trans>
      </p>
      <div className={styles.part}>
        <Select
          className={styles.narrow}
          label={t`Appearance`}
          options={themes}
          value={theme}
          onChange={(value) => choose("theme", themes, value)}
        />
        <Select
          className={styles.narrow}
          label={t`Language`}
          options={tongues}
          value={language}
          onChange={(value) => {
            choose("language", tongues, value);
            // Texts that are drawn already would stay as they are.
            location.reload();
          }}
        />
        <Select
          className={styles.narrow}
          label={t`Lists`}
          options={densities}
          value={density}
          onChange={(value) => choose("density", densities, value)}
        />
        <Select
          className={styles.narrow}
          label={t`Read messages`}
          options={panes}
          value={pane}
          onChange={(value) => choose("pane", panes, value)}
        />
        <Select
          className={styles.narrow}
          label={t`After archiving or deleting, show`}
          options={nexts}
          value={afterAct}
          onChange={(value) => choose("afterAct", nexts, value)}
        />
        <Switch
          label={t`Conversations`}
          help={
            <Trans>The other messages of a conversation stand around the open one, what you sent too.</Trans>
          }
          checked={conversations}
          onChange={(on) => setPreference("conversations", on)}
        />
        {conversations && (
          <Select
            className={styles.narrow}
            label={t`In a conversation`}
            options={orders}
            value={conversationOrder}
            onChange={(value) => choose("conversationOrder", orders, value)}
          />
        )}
        <Switch
          label={t`Keyboard shortcuts`}
          help={
            <Trans>
              Single keys such as “e” to archive. “?” lists them all, and changes them; they go with you to
              other browsers.
            </Trans>
          }
          checked={isOn}
          onChange={(on) => {
            changeKeymap({ isOn: on, keys }).catch((error: unknown) => {
              toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
            });
          }}
        />
      </div>
      <h2 className={styles.subtitle}>
        <Trans>Swipes in lists</Trans>
      </h2>
      <div className={styles.part}>
        {ways.map(({ name, label }) => (
          <Select
            key={name}
            className={styles.narrow}
            label={label}
            options={swipes}
            value={chosen[name]}
            onChange={(value) => {
              const found = swipes.find((one) => one.value === value);
              if (found !== undefined) setPreference(name, found.value);
            }}
          />
        ))}
      </div>
    </>
  );
}
