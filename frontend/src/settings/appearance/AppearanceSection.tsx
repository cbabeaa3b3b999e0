/** How this browser shows everything; kept in it alone. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Palette } from "lucide-react";
import { changeKeymap, type Preferences, setPreference, useKeymap, usePreferences } from "@/app";
import { type Language, languages } from "@/lib/language";
import { Select, Switch, toast } from "@/ui";
import styles from "../Settings.module.css";
import type { Section } from "../section";

export const appearance: Section = {
  id: "appearance",
  icon: Palette,
  group: "browser",
  title: msg`Appearance and keys`,
  words: msg`language theme dark light density lists keyboard shortcuts next message conversation thread newest`,
  needsMail: false,
  Page: AppearancePage,
};

type Choice<K extends keyof Preferences> = { value: Preferences[K] & string; label: string };

function AppearancePage() {
  const { t } = useLingui();
  const { language, theme, density, afterAct, conversations, conversationOrder } = usePreferences();
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
  function choose<K extends keyof Preferences>(name: K, choices: readonly Choice<K>[], value: string) {
    const chosen = choices.find((one) => one.value === value);
    if (chosen !== undefined) setPreference(name, chosen.value);
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>These hold in this browser, whoever is signed in.</Trans>
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
    </>
  );
}
