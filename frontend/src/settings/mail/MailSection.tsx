/** What a user may decide about reading and sending; it holds in every browser. */
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { MailOpen } from "lucide-react";
import { request } from "@/api";
import { refreshViewer, useViewer } from "@/app";
import { Select, Switch, toast } from "@/ui";
import { type PersonalSetting, PersonalSettingsQuery, SetPersonalSettingMutation } from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { Loaded } from "../shared/Loaded";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";

export const mail: Section = {
  id: "mail",
  icon: MailOpen,
  group: "mail",
  title: msg`Reading and sending`,
  words: msg`undo send seconds remote images pictures tracking copies`,
  needsMail: true,
  Page: MailPage,
};

/** Those that are a person's own to decide, in the order they are shown. */
const KEYS = [
  "submission.undo_seconds",
  "submission.plain_text",
  "mail.show_remote_images",
  "submission.copy_to_owner",
] as const;
type Key = (typeof KEYS)[number];
/** What is offered; what an administrator set besides stands among it. */
const SECONDS = [0, 5, 10, 20, 30, 60];

function MailPage() {
  const { id } = useViewer();
  const query = useSettingsQuery("personal", PersonalSettingsQuery, { id });
  return (
    <Loaded query={query}>
      {({ settings }) => (
        <div className={styles.part}>
          {KEYS.map((key) => {
            const setting = settings?.find((one) => one.key === key && one.isEditable);
            return setting && <One key={key} name={key} userId={id} setting={setting} />;
          })}
        </div>
      )}
    </Loaded>
  );
}

type OneProps = { name: Key; userId: string; setting: PersonalSetting };

function One({ name, userId, setting: { value } }: OneProps) {
  const { t } = useLingui();
  const { change, isPending, refusal } = useChange();
  const texts: Record<Key, { label: string; help: string }> = {
    "submission.undo_seconds": {
      label: t`Time to undo sending`,
      help: t`A sent message is held this long, so that you can bring it back.`,
    },
    "submission.plain_text": {
      label: t`Write plain text`,
      help: t`New messages begin without formats. You can change it for each message.`,
    },
    "mail.show_remote_images": {
      label: t`Show remote images`,
      help: t`They are loaded without asking. Senders see by them that you read their mail.`,
    },
    "submission.copy_to_owner": {
      label: t`Copies of what others send for you`,
      help: t`What somebody sends as you, or on your behalf, is kept in your Sent as well.`,
    },
  };
  const { label, help } = texts[name];

  async function set(next: number | boolean) {
    const done = await change(() =>
      request(SetPersonalSettingMutation, { id: userId, key: name, value: next }),
    );
    if (done === undefined) return;
    toast({ text: t`Saved` });
    await refreshViewer();
  }
  const note = refusal === undefined ? help : <span className={styles.refusal}>{refusal.message}</span>;
  if (typeof value === "boolean")
    return (
      <Switch
        label={label}
        help={note}
        checked={value}
        disabled={isPending}
        onChange={(on) => void set(on)}
      />
    );
  const seconds = [...new Set([...SECONDS, Number(value)])].sort((a, b) => a - b);
  return (
    <Select
      className={styles.narrow}
      label={label}
      help={note}
      disabled={isPending}
      options={seconds.map((one) => ({
        value: String(one),
        label: one === 0 ? t`Send at once` : t`${one} seconds`,
      }))}
      value={String(value)}
      onChange={(next) => void set(Number(next))}
    />
  );
}
