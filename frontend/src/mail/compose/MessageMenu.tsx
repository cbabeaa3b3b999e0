/** What concerns the message as a whole: signature, templates, plain text. */
import { Trans, useLingui } from "@lingui/react/macro";
import { EllipsisVertical, FileText, LayoutTemplate, Type } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { request } from "@/api";
import { Button, Dialog, Field, IconButton, Menu, type MenuGroup, toast } from "@/ui";
import type { Composer } from "./composer";
import { insertTemplate, setPlain } from "./contentActs";
import { CreateTemplateMutation } from "./documents";
import type { EditorHandle } from "./editor";
import { textToHtml } from "./quote";
import { TemplateDialog } from "./TemplateDialog";
import type { ComposerState } from "./types";

type MessageMenuProps = { composer: Composer; state: ComposerState; editor: EditorHandle | undefined };

export function MessageMenu({ composer, state, editor }: MessageMenuProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"insert" | "save">();
  const isPlain = state.content.text !== null;
  const signatures: MenuGroup[] =
    state.signatures.length === 0
      ? []
      : [
          {
            id: "signature",
            label: t`Signature`,
            selected: state.signatureId ?? "none",
            items: [
              ...state.signatures.map((one) => ({
                id: one.id,
                label: one.name,
                onAction: () => composer.sign(one),
              })),
              { id: "none", label: t`No signature`, onAction: () => composer.sign(null) },
            ],
          },
        ];
  return (
    <>
      <Menu
        label={t`More for this message`}
        placement="top end"
        trigger={(trigger) => (
          <IconButton {...trigger} label={t`More for this message`}>
            <EllipsisVertical />
          </IconButton>
        )}
        groups={[
          {
            id: "templates",
            items: [
              {
                id: "insert",
                label: t`Insert a template…`,
                icon: <LayoutTemplate />,
                onAction: () => setOpen("insert"),
              },
              {
                id: "save",
                label: t`Save as template…`,
                icon: <FileText />,
                onAction: () => setOpen("save"),
              },
            ],
          },
          ...signatures,
          {
            id: "kind",
            items: [
              {
                id: "plain",
                label: isPlain ? t`Write with formats` : t`Write plain text`,
                icon: <Type />,
                onAction: () => void setPlain(composer, !isPlain),
              },
            ],
          },
        ]}
      />
      {open === "insert" && (
        <TemplateDialog
          onClose={() => setOpen(undefined)}
          onChosen={(template) => {
            setOpen(undefined);
            void insertTemplate(composer, template).then(() => editor?.focus());
          }}
        />
      )}
      {open === "save" && <SaveTemplate composer={composer} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function SaveTemplate({ composer, onClose }: { composer: Composer; onClose: () => void }) {
  const { t } = useLingui();
  const form = useId();
  const { subject, html, text } = composer.collect();
  const [name, setName] = useState(subject.trim().slice(0, 100));
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  async function save(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    try {
      const own = text === null ? ownPart(html) : textToHtml(composer.text.trim());
      await request(CreateTemplateMutation, { input: { name, subject: subject.trim(), html: own } });
      toast({ text: t`Template saved` });
      onClose();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
      setPending(false);
    }
  }
  return (
    <Dialog
      open
      size="s"
      title={t`Save as template`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" type="submit" form={form} pending={isPending}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={(event) => void save(event)}>
        <Field
          label={t`Name`}
          help={t`Subject and text are kept, without signature, original and files.`}
          value={name}
          maxLength={100}
          autoFocus
          error={refusal}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

/** What the author wrote: without the signature, the original and the words that introduce it. */
function ownPart(html: string): string {
  const end =
    /<div data-signature=|<div>[^<]*<\/div><blockquote data-quoted=|<div>-{8,}|<(?:blockquote|div) data-quoted=/.exec(
      html,
    );
  return html.slice(0, end?.index).replace(/(?:<div><br><\/div>)+$/, "");
}
