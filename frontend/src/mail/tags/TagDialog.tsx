/** Name and colour of a tag, or taking it from all messages. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { Button, Confirm, Dialog, Field } from "@/ui";
import { beginBulk } from "../bulk/bulkActs";
import { ColourField } from "./ColourField";
import { hideTag, saveTag, type Tag } from "./tags";

export type TagTask = { kind: "edit" | "remove"; tag: Tag };

export function TagDialog({ task, onClose }: { task: TagTask; onClose: () => void }) {
  return task.kind === "edit" ? (
    <EditDialog tag={task.tag} onClose={onClose} />
  ) : (
    <RemoveDialog tag={task.tag} onClose={onClose} />
  );
}

function EditDialog({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useLingui();
  const form = useId();
  const [name, setName] = useState(tag.name);
  const [hue, setHue] = useState(tag.hue);
  const { keyword } = tag;

  function submit(event: FormEvent) {
    event.preventDefault();
    saveTag({ keyword, name: name.trim(), hue });
    onClose();
  }

  return (
    <Dialog
      open
      size="s"
      title={t`Tag`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} disabled={name.trim() === ""}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field
          label={t`Name`}
          value={name}
          maxLength={60}
          autoFocus
          autoComplete="off"
          help={<Trans>Mail programs show it as the keyword {keyword}.</Trans>}
          onChange={(event) => setName(event.target.value)}
        />
        <ColourField value={hue} onChange={(chosen) => chosen !== undefined && setHue(chosen)} />
      </form>
    </Dialog>
  );
}

function RemoveDialog({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useLingui();
  const { name, keyword } = tag;
  return (
    <Confirm
      open
      danger
      title={t`Remove the tag ${name}?`}
      action={t`Remove`}
      onConfirm={() => {
        hideTag(keyword);
        onClose();
        void beginBulk(
          { search: `in:anywhere tag:${keyword}` },
          { removeFlags: [keyword] },
          t`Remove tag ${name}`,
        );
      }}
      onClose={onClose}
    >
      <Trans>It is taken from all messages that have it. The messages stay.</Trans>
    </Confirm>
  );
}
