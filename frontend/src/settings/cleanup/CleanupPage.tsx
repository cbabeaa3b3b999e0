/** Which folders are cleaned up by themselves, and for how long Trash and Junk keep mail. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { BrushCleaning, Plus, X } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { type Folder, useFolderName, useFolders } from "@/rules";
import { Button, Empty, IconButton, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import type { PersonalSetting } from "../documents";
import styles from "../Settings.module.css";
import { OwnSettings } from "../shared/OwnSettings";
import { PersonalSelect } from "../shared/PersonalSelect";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { CleanupDialog } from "./CleanupDialog";
import {
  type FolderCleanup,
  FolderCleanupsQuery,
  RemoveFolderCleanupMutation,
  SetFolderCleanupMutation,
} from "./documents";

const DAYS = [0, 7, 14, 30, 60, 90, 180, 365];

export function CleanupPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("cleanups", FolderCleanupsQuery, {});
  const choices = useFolders();
  // Without the folders all is said but how much is in them.
  const totalOf = (use: string) => choices.data?.find(({ specialUse }) => specialUse === use)?.total;
  return (
    <>
      <p className={styles.lead}>
        <Trans>Old mail can go by itself, every few hours. Starred messages stay.</Trans>
      </p>
      <section className={styles.part} aria-labelledby="bins">
        <h2 className={styles.subtitle} id="bins">
          <Trans>Trash and Junk</Trans>
        </h2>
        <OwnSettings>
          {(find) => (
            <>
              <Bin
                setting={find("cleanup.trash_days")}
                label={t`Trash keeps messages for`}
                total={totalOf("TRASH")}
              />
              <Bin
                setting={find("cleanup.junk_days")}
                label={t`Junk keeps messages for`}
                total={totalOf("JUNK")}
              />
            </>
          )}
        </OwnSettings>
      </section>
      <Loaded query={choices}>
        {(folders) => (
          <Loaded query={query}>
            {({ folderCleanups }) => <Rules folders={folders} folderCleanups={folderCleanups} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

type RulesProps = { folders: readonly Folder[]; folderCleanups: readonly FolderCleanup[] };

function Rules({ folders, folderCleanups }: RulesProps) {
  const { t } = useLingui();
  const [edited, setEdited] = useState<FolderCleanup | "new">();
  const isBin = ({ specialUse }: Folder) => specialUse === "TRASH" || specialUse === "JUNK";
  const free = folders.filter(
    (folder) => !isBin(folder) && !folderCleanups.some(({ mailboxId }) => mailboxId === folder.id),
  );
  const add = (
    <Button variant="primary" icon={<Plus />} disabled={free.length === 0} onClick={() => setEdited("new")}>
      <Trans>Clean up a folder</Trans>
    </Button>
  );
  return (
    <section className={styles.part} aria-labelledby="cleaned">
      <div className={styles.head}>
        <h2 className={styles.subtitle} id="cleaned">
          <Trans>Other folders</Trans>
        </h2>
        {folderCleanups.length > 0 && add}
      </div>
      {folderCleanups.length === 0 ? (
        <div className={styles.wide}>
          <Empty icon={<BrushCleaning />} title={<Trans>No folder is cleaned up.</Trans>} action={add}>
            <Trans>For example: newsletters go to Trash after 90 days.</Trans>
          </Empty>
        </div>
      ) : (
        <ul className={styles.rows} aria-label={t`Folders that are cleaned up`}>
          {folderCleanups.map((rule) => (
            <Rule
              key={rule.mailboxId}
              rule={rule}
              folder={folders.find(({ id }) => id === rule.mailboxId)}
              onEdit={() => setEdited(rule)}
            />
          ))}
        </ul>
      )}
      {edited !== undefined && (
        <CleanupDialog
          folders={edited === "new" ? free : folders.filter(({ id }) => id === edited.mailboxId)}
          rule={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}

type RuleProps = { rule: FolderCleanup; folder: Folder | undefined; onEdit: () => void };

function Rule({ rule, folder, onEdit }: RuleProps) {
  const { t } = useLingui();
  const nameOf = useFolderName();
  const { change } = useChange();
  const { maxAgeDays, keepNewest, isForever } = rule;
  const name = folder === undefined ? "" : nameOf(folder);

  async function remove() {
    const { mailboxId } = rule;
    const done = await change(() => request(RemoveFolderCleanupMutation, { mailboxId }));
    if (done === undefined) return;
    const undo = () => void change(() => request(SetFolderCleanupMutation, rule));
    toast({ text: t`${name} is not cleaned up any more`, action: { label: t`Undo`, onAction: undo } });
  }
  return (
    <li className={styles.row}>
      <BrushCleaning aria-hidden="true" />
      <span className={styles.what}>
        <span className={styles.name}>{name}</span>
        <span className={styles.note}>
          {maxAgeDays !== null && (
            <>
              <Plural
                value={maxAgeDays}
                one="Messages go after a day."
                other="Messages go after # days."
              />{" "}
            </>
          )}
          {keepNewest !== null && (
            <>
              <Plural value={keepNewest} one="Only the newest stays." other="The newest # stay." />{" "}
            </>
          )}
          {isForever ? <Trans>They are removed for good.</Trans> : <Trans>They go to Trash.</Trans>}
        </span>
      </span>
      <span>
        <Button size="s" aria-label={t`Change the clean-up of ${name}…`} onClick={onEdit}>
          <Trans>Change…</Trans>
        </Button>
        <IconButton size="s" label={t`Do not clean up ${name}`} onClick={() => void remove()}>
          <X />
        </IconButton>
      </span>
    </li>
  );
}

type BinProps = { setting: PersonalSetting | undefined; label: string; total: number | undefined };

function Bin({ setting, label, total }: BinProps) {
  const { t } = useLingui();
  if (setting === undefined) return null;
  // A ceiling of 0 is none; under any other they do not stay as long as one likes.
  const most = Number(setting.ceiling) || Infinity;
  const offered = DAYS.filter((one) => (one || Infinity) <= most);
  const days = [...new Set([...offered, Number(setting.value)])];
  const show = (one: number) => (one === 0 ? t`As long as you like` : one === 1 ? t`a day` : t`${one} days`);
  return (
    <PersonalSelect
      setting={setting}
      label={label}
      values={days.sort((a, b) => (a || Infinity) - (b || Infinity))}
      show={(one) => show(Number(one))}
    >
      {total !== undefined && (
        <Plural
          value={total}
          _0="It is empty now."
          one="# message is in it now."
          other="# messages are in it now."
        />
      )}
    </PersonalSelect>
  );
}
