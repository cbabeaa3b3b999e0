/** Texts that one keeps: a list, a dialog to write one, a question before one goes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, Confirm, Empty, IconButton, toast } from "@/ui";
import styles from "../Settings.module.css";
import { useChange } from "../shared/useSettingsQuery";
import { type Text, TextDialog } from "./TextDialog";

export type KeptText = Text & { id: string };
type Words = {
  list: string;
  add: string;
  change: string;
  saved: string;
  removed: string;
  /** The question before one is removed, and what follows from it. */
  remove: string;
  consequence: string;
  /** Where there is none yet, and what to do then. */
  none: string;
  hint: string;
};
export type KeptTextsProps = {
  texts: readonly KeptText[];
  /** What a new one begins with; one with a subject has it asked. */
  blank: Text;
  icon: ReactNode;
  words: Words;
  create: (text: Text) => Promise<unknown>;
  update: (id: string, text: Text) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
};

export function KeptTexts({ texts, blank, icon, words, create, update, remove }: KeptTextsProps) {
  const { t } = useLingui();
  const [written, setWritten] = useState<KeptText | "new">();
  const [leaving, setLeaving] = useState<KeptText>();
  const { change, isPending, refusal } = useChange();

  async function save(text: Text) {
    const isNew = written === undefined || written === "new";
    const done = await change<unknown>(() => (isNew ? create(text) : update(written.id, text)));
    if (done === undefined) return;
    setWritten(undefined);
    toast({ text: words.saved });
  }
  async function removeOne({ id }: KeptText) {
    if ((await change<unknown>(() => remove(id))) === undefined) return;
    setLeaving(undefined);
    toast({ text: words.removed });
  }
  return (
    <div className={styles.part}>
      {texts.length === 0 ? (
        <Empty title={words.none}>{words.hint}</Empty>
      ) : (
        <ul className={styles.rows} aria-label={words.list}>
          {texts.map((one) => (
            <li key={one.id} className={styles.row}>
              {icon}
              <span className={styles.what}>
                <span className={styles.name}>{one.name}</span>
                {one.subject !== undefined && one.subject !== "" && (
                  <span className={styles.note}>{one.subject}</span>
                )}
              </span>
              <span className={styles.acts}>
                <IconButton label={t`Change ${one.name}`} onClick={() => setWritten(one)}>
                  <Pencil />
                </IconButton>
                <IconButton label={t`Remove ${one.name}…`} onClick={() => setLeaving(one)}>
                  <Trash2 />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Button icon={<Plus />} onClick={() => setWritten("new")}>
        {words.add}
      </Button>
      {written !== undefined && (
        <TextDialog
          title={written === "new" ? words.add : words.change}
          text={written === "new" ? blank : written}
          isPending={isPending}
          refusal={refusal}
          onSave={(text) => void save(text)}
          onClose={() => setWritten(undefined)}
        />
      )}
      <Confirm
        open={leaving !== undefined}
        danger
        title={words.remove}
        action={<Trans>Remove</Trans>}
        pending={isPending}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving !== undefined && void removeOne(leaving)}
      >
        <p>{words.consequence}</p>
        {refusal !== undefined && <p role="alert">{refusal.message}</p>}
      </Confirm>
    </div>
  );
}
