/** Members, one or thousands: typed, pasted or from a file, sent in parts with progress. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { request } from "@/api";
import { formatNumber } from "@/lib/numbers";
import { Button, Dialog, ProgressBar, Select, TextArea } from "@/ui";
import styles from "../Admin.module.css";
import { AddMembersMutation, type MailingList } from "./documents";
import { chunks, readMembers } from "./importing";
import own from "./Lists.module.css";
import { oneOf, useListWords } from "./useListWords";

const roles = ["MEMBER", "MODERATOR", "OWNER"] as const;
const LARGEST_FILE = 20 * 1024 * 1024;

type Done = { sent: number; added: number; known: number; refused: string[] };
const nothing: Done = { sent: 0, added: 0, known: 0, refused: [] };

export function AddMembersDialog({ list, onClose }: { list: MailingList; onClose: () => void }) {
  const { t } = useLingui();
  const words = useListWords();
  const client = useQueryClient();
  const form = useId();
  const [text, setText] = useState("");
  const [role, setRole] = useState<(typeof roles)[number]>("MEMBER");
  const [done, setDone] = useState<Done>();
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState("");
  const isStopped = useRef(false);
  const entries = readMembers(text);
  const isOver = done !== undefined && !isRunning;

  async function send(event: FormEvent) {
    event.preventDefault();
    if (isRunning || entries.length === 0) return;
    setRunning(true);
    setError("");
    isStopped.current = false;
    let so = nothing;
    setDone(so);
    try {
      for (const members of chunks(entries)) {
        if (isStopped.current) break;
        const { addListMembers: one } = await request(AddMembersMutation, { listId: list.id, members, role });
        so = {
          sent: so.sent + members.length,
          added: so.added + one.added,
          known: so.known + one.known,
          refused: [...so.refused, ...one.refused],
        };
        setDone(so);
      }
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    } finally {
      setRunning(false);
      await client.invalidateQueries({ queryKey: ["admin"] });
    }
  }
  async function take(file: File | undefined) {
    if (file === undefined) return;
    if (file.size > LARGEST_FILE) setError(t`The file is larger than 20 MB`);
    else setText(await file.text());
  }
  function close() {
    isStopped.current = true;
    onClose();
  }
  return (
    <Dialog
      open
      size="m"
      title={t`Add members`}
      onClose={close}
      footer={
        <>
          <Button variant={isOver ? "primary" : "quiet"} onClick={close}>
            {isOver ? <Trans>Close</Trans> : <Trans>Cancel</Trans>}
          </Button>
          {!isOver && (
            <Button
              variant="primary"
              type="submit"
              form={form}
              pending={isRunning}
              disabled={entries.length === 0}
            >
              <Plural value={entries.length} _0="Add" one="Add # member" other="Add # members" />
            </Button>
          )}
        </>
      }
    >
      <form id={form} className={styles.form} noValidate onSubmit={(event) => void send(event)}>
        {done === undefined ? (
          <>
            <TextArea
              label={t`Addresses`}
              help={t`One a line, with a name if you like; a table (CSV) as well. group:NAME is a group of the domain.`}
              rows={8}
              value={text}
              autoFocus
              spellCheck={false}
              autoCapitalize="none"
              onChange={(event) => setText(event.target.value)}
            />
            <label className={own.section}>
              <span>
                <Trans>Or a file</Trans>
              </span>
              <input
                type="file"
                className={own.file}
                accept=".csv,.txt,.tsv,text/csv,text/plain"
                onChange={(event) => void take(event.target.files?.[0])}
              />
            </label>
            <Select
              label={t`Role`}
              options={roles.map((value) => ({ value, label: words.role[value] }))}
              value={role}
              onChange={(value) => setRole(oneOf(roles, value, "MEMBER"))}
            />
          </>
        ) : (
          <Report done={done} all={entries.length} />
        )}
        {error !== "" && (
          <p className={styles.refusal} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function Report({ done, all }: { done: Done; all: number }) {
  const { t } = useLingui();
  const [added, known, refused] = [done.added, done.known, done.refused.length].map(formatNumber);
  return (
    <div className={own.section} role="status">
      <ProgressBar label={t`Members sent to the server`} value={done.sent} max={Math.max(1, all)} />
      <p>
        <Trans>
          {added} added, {known} were on the list already, {refused} refused.
        </Trans>
      </p>
      {done.refused.length > 0 && <p className={own.refused}>{done.refused.slice(0, 200).join(", ")}</p>}
    </div>
  );
}
