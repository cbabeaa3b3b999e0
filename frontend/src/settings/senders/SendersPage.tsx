/** Two lists of senders, each with a line to add to it; and where mail of the blocked ones goes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ShieldBan, ShieldCheck, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { request, type SenderListKind } from "@/api";
import { mailStore } from "@/mail";
import { AddSenderMutation, RemoveSenderMutation, SenderListsQuery } from "@/rules";
import { Button, Field, IconButton, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import { OwnSettings } from "../shared/OwnSettings";
import { PersonalSelect } from "../shared/PersonalSelect";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import own from "./Senders.module.css";

export function SendersPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("senders", SenderListsQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>Addresses, or whole domains with all that is below them. The most exact entry counts.</Trans>
      </p>
      <Loaded query={query}>
        {({ senderLists: { blocked, trusted } }) => (
          <>
            <SenderList
              kind="BLOCKED"
              title={t`Blocked`}
              help={t`You do not see their mail in the inbox.`}
              none={t`Nobody is blocked.`}
              entries={blocked}
            >
              <BlockedTo />
            </SenderList>
            <SenderList
              kind="TRUSTED"
              title={t`Trusted`}
              help={t`Their images are shown, and no block of their domain holds for them.`}
              none={t`Nobody is on this list yet.`}
              entries={trusted}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

type SenderListProps = {
  kind: SenderListKind;
  title: string;
  help: string;
  none: string;
  entries: readonly string[];
  children?: ReactNode;
};

function SenderList({ kind, title, help, none, entries, children }: SenderListProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const { change, isPending, refusal } = useChange();
  const id = `senders-${kind}`;
  const Icon = kind === "BLOCKED" ? ShieldBan : ShieldCheck;

  async function put(address: string) {
    return hasChanged(await change(() => request(AddSenderMutation, { kind, address })));
  }
  async function add() {
    // The next one may be typed by then.
    if (await put(typed)) setTyped((now) => (now === typed ? "" : now));
  }
  async function remove(address: string) {
    if (!hasChanged(await change(() => request(RemoveSenderMutation, { kind, address })))) return;
    const undo = () => void put(address);
    toast({ text: t`Removed: ${address}`, action: { label: t`Undo`, onAction: undo } });
  }
  return (
    <section className={styles.part} aria-labelledby={id}>
      <div>
        <h2 className={styles.subtitle} id={id}>
          {title}
        </h2>
        <p className={styles.note}>{help}</p>
      </div>
      {children}
      <form
        className={own.add}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending && typed.trim() !== "") void add();
        }}
      >
        <Field
          label={kind === "BLOCKED" ? t`Block an address or domain` : t`Trust an address or domain`}
          placeholder="somebody@example.org"
          value={typed}
          maxLength={320}
          spellCheck={false}
          autoCapitalize="none"
          error={refusal?.message}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" pending={isPending} disabled={typed.trim() === ""}>
          <Trans>Add</Trans>
        </Button>
      </form>
      {entries.length === 0 ? (
        <p className={styles.note}>{none}</p>
      ) : (
        <ul className={own.entries} aria-label={title}>
          {entries.map((entry) => (
            <li key={entry} className={own.entry}>
              <Icon aria-hidden="true" />
              <span>{entry.startsWith("@") ? t`everyone at ${entry.slice(1)}` : entry}</span>
              <IconButton size="s" label={t`Remove ${entry}`} onClick={() => void remove(entry)}>
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Messages opened before were rendered by what was thought of their senders then. */
function hasChanged(done: object | undefined): boolean {
  if (done !== undefined) mailStore.bodies.forgetWhere(() => true);
  return done !== undefined;
}

function BlockedTo() {
  const { t } = useLingui();
  return (
    <OwnSettings>
      {(find) => {
        const setting = find("senders.blocked_to");
        return setting && <PersonalSelect setting={setting} label={t`Their mail goes to`} />;
      }}
    </OwnSettings>
  );
}
