/** Who else may write in a user's name: people and groups of the domain, as the user or on behalf. */
import { Trans, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { request } from "@/api";
import type { SendMode } from "@/api/gql/graphql";
import { Button, Field, IconButton, Select, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { SendGrantsQuery, SetSendGrantMutation, type User } from "../documents";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";

const modes: readonly SendMode[] = ["AS", "BEHALF"];

export function SendGrants({ user }: { user: User }) {
  const { t } = useLingui();
  const query = useAdminQuery("sendGrants", SendGrantsQuery, { userId: user.id });
  const { act, isPending, refusal } = useAct();
  const [holder, setHolder] = useState("");
  const [mode, setMode] = useState<SendMode>("AS");
  const names: Record<SendMode, string> = { AS: t`as the user`, BEHALF: t`on behalf of the user` };

  async function put(who: string, what: SendMode | null): Promise<boolean> {
    return act(() => request(SetSendGrantMutation, { userId: user.id, holder: who, mode: what }));
  }

  async function add(event: FormEvent) {
    event.preventDefault();
    const who = holder.trim();
    if (who === "" || !(await put(who, mode))) return;
    setHolder("");
    toast({ text: t`${who} may write in the name of ${user.address}` });
  }

  return (
    <>
      <h2 className={styles.subtitle}>
        <Trans>Who may write in this name</Trans>
      </h2>
      <Loaded query={query}>
        {({ sendGrants }) =>
          sendGrants.length === 0 ? (
            <p className={styles.help}>
              <Trans>Nobody else.</Trans>
            </p>
          ) : (
            <ul className={styles.holders} aria-label={t`Who may write in this name`}>
              {sendGrants.map((grant) => (
                <li key={grant.holder}>
                  <span>
                    {grant.holder} <span className={styles.help}>{names[grant.mode]}</span>
                  </span>
                  <IconButton
                    size="s"
                    label={t`Take the right from ${grant.holder}`}
                    onClick={() => void put(grant.holder, null)}
                  >
                    <X />
                  </IconButton>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <form className={styles.part} onSubmit={(event) => void add(event)}>
        <Field
          label={t`Person or group`}
          help={t`An address of the domain, or group: and a name.`}
          value={holder}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={refusal?.message}
          onChange={(event) => setHolder(event.target.value)}
        />
        <div className={styles.inline}>
          <Select
            label={t`Writes`}
            options={modes.map((value) => ({ value, label: names[value] }))}
            value={mode}
            onChange={(text) => setMode(modes.find((one) => one === text) ?? mode)}
          />
          <Button type="submit" disabled={holder.trim() === ""} pending={isPending}>
            <Trans>Allow</Trans>
          </Button>
        </div>
        <p className={styles.help}>
          {mode === "AS" ? t`Nobody sees who it was.` : t`Messages name who wrote them.`}
        </p>
      </form>
    </>
  );
}
