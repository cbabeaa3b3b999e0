/** What a user may decide about reading and sending; it holds in every browser. */
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { MailOpen } from "lucide-react";
import { refreshViewer } from "@/app";
import { formatSeconds } from "@/lib/durations";
import { mailStore } from "@/mail";
import { Switch } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { Origin } from "../shared/Origin";
import { PersonalSelect } from "../shared/PersonalSelect";
import { usePersonalSettings, useSetPersonal } from "../shared/usePersonal";

export const mail: Section = {
  id: "mail",
  icon: MailOpen,
  group: "mail",
  title: msg`Reading and sending`,
  words: msg`time to undo sending seconds write plain text format remote images pictures tracking copies others send for you`,
  needsMail: true,
  Page: MailPage,
};

/** Those that are a person's own to decide, in the order they are shown. */
const KEYS = [
  "submission.undo_seconds",
  "submission.plain_text",
  "mail.remote_images",
  "submission.copy_to_owner",
] as const;
type Key = (typeof KEYS)[number];
/** What is offered; what an administrator set besides stands among it. */
const SECONDS = [0, 5, 10, 20, 30, 60];

function MailPage() {
  const query = usePersonalSettings();
  return (
    <Loaded query={query}>
      {({ settings }) => (
        <div className={styles.part}>
          {KEYS.map((key) => {
            const setting = settings?.find((one) => one.key === key && one.isEditable);
            return setting && <One key={key} name={key} setting={setting} />;
          })}
        </div>
      )}
    </Loaded>
  );
}

type OneProps = { name: Key; setting: PersonalSetting };

function One({ name, setting }: OneProps) {
  const { t } = useLingui();
  const { set, isPending, refusal } = useSetPersonal();
  const texts: Record<Key, { label: string; help: string }> = {
    "submission.undo_seconds": {
      label: t`Time to undo sending`,
      help: t`A sent message is held this long, so that you can bring it back.`,
    },
    "submission.plain_text": {
      label: t`Write plain text`,
      help: t`New messages begin without formats. You can change it for each message.`,
    },
    "mail.remote_images": {
      label: t`Remote images`,
      help: t`Senders see by them that you read their mail. What you choose for a sender counts more.`,
    },
    "submission.copy_to_owner": {
      label: t`Copies of what others send for you`,
      help: t`What somebody sends as you, or on your behalf, is kept in your Sent as well.`,
    },
  };
  const { label, help } = texts[name];
  const { value } = setting;

  async function hasChanged() {
    if (name === "mail.remote_images") mailStore.bodies.forgetWhere(() => true);
    await refreshViewer();
  }
  async function choose(next: PersonalSetting["value"]) {
    if (await set(name, next)) await hasChanged();
  }
  if (typeof value === "boolean") {
    const origin = (
      <Origin
        setting={setting}
        label={label}
        show={(one) => (one === true ? t`On` : t`Off`)}
        onReset={() => void choose(null)}
      >
        {help}
      </Origin>
    );
    return (
      <Switch
        label={label}
        help={refusal === undefined ? origin : <span className={styles.refusal}>{refusal.message}</span>}
        checked={value}
        disabled={isPending}
        onChange={(on) => void choose(on)}
      />
    );
  }
  const isTime = name === "submission.undo_seconds";
  return (
    <PersonalSelect
      setting={setting}
      label={label}
      values={isTime ? secondsFor(setting) : undefined}
      show={isTime ? (one) => (one === 0 ? t`Send at once` : formatSeconds(Number(one))) : undefined}
      onSaved={hasChanged}
    >
      {help}
    </PersonalSelect>
  );
}

/** What there is to choose from, without what an administrator's ceiling forbids. */
function secondsFor({ value, ceiling }: PersonalSetting): number[] {
  const most = typeof ceiling === "number" ? ceiling : Infinity;
  return [...new Set([...SECONDS.filter((one) => one <= most), Number(value)])].sort((a, b) => a - b);
}
