/** Templates: a list, and a dialog to write one. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { LayoutTemplate, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type ResultOf, request } from "@/api";
import { refreshViewer } from "@/app";
import { Button, Confirm, Empty, IconButton, toast } from "@/ui";
import {
  CreateTemplateMutation,
  RemoveTemplateMutation,
  TemplatesSettingsQuery,
  UpdateTemplateMutation,
} from "../documents";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { Loaded } from "../shared/Loaded";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";
import { type Text, TextDialog } from "./TextDialog";

export const templates: Section = {
  id: "templates",
  icon: LayoutTemplate,
  group: "mail",
  title: msg`Templates`,
  words: msg`template canned reply text block snippet`,
  needsMail: true,
  Page: TemplatesPage,
};

type Template = ResultOf<typeof TemplatesSettingsQuery>["templates"][number];

function TemplatesPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("templates", TemplatesSettingsQuery, {});
  const [written, setWritten] = useState<Template | "new">();
  const [leaving, setLeaving] = useState<Template>();
  const { change, isPending, refusal } = useChange();

  async function save(text: Text) {
    const input = { name: text.name, subject: text.subject ?? "", html: text.html };
    const isDone = await change<unknown>(() =>
      written === undefined || written === "new"
        ? request(CreateTemplateMutation, { input })
        : request(UpdateTemplateMutation, { id: written.id, input }),
    );
    if (isDone === undefined) return;
    setWritten(undefined);
    toast({ text: t`Template saved` });
  }
  async function remove({ id }: Template) {
    if ((await change(() => request(RemoveTemplateMutation, { id }))) === undefined) return;
    setLeaving(undefined);
    toast({ text: t`Template removed` });
    await refreshViewer();
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Texts that you write again and again. Insert one while you write, by the menu at the foot of the
          message.
        </Trans>
      </p>
      <Loaded query={query}>
        {({ templates: all }) => (
          <div className={styles.part}>
            {all.length === 0 ? (
              <Empty title={<Trans>No templates yet</Trans>}>
                <Trans>Write one here, or save a message as a template while you write it.</Trans>
              </Empty>
            ) : (
              <ul className={styles.rows} aria-label={t`Templates`}>
                {all.map((one) => (
                  <li key={one.id} className={styles.row}>
                    <LayoutTemplate aria-hidden="true" />
                    <span className={styles.what}>
                      <span className={styles.name}>{one.name}</span>
                      {one.subject !== "" && <span className={styles.note}>{one.subject}</span>}
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
              <Trans>New template</Trans>
            </Button>
          </div>
        )}
      </Loaded>
      {written !== undefined && (
        <TextDialog
          title={written === "new" ? t`New template` : t`Change template`}
          text={written === "new" ? { name: "", subject: "", html: "" } : written}
          isPending={isPending}
          refusal={refusal}
          onSave={(text) => void save(text)}
          onClose={() => setWritten(undefined)}
        />
      )}
      <Confirm
        open={leaving !== undefined}
        danger
        title={t`Remove the template?`}
        action={<Trans>Remove</Trans>}
        pending={isPending}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving !== undefined && void remove(leaving)}
      >
        <p>
          <Trans>Messages that were written with it stay as they are.</Trans>
        </p>
        {refusal !== undefined && <p role="alert">{refusal.message}</p>}
      </Confirm>
    </>
  );
}
