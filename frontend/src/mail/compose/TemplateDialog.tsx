/** Templates to choose from, found by a few letters. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api";
import { settingsHref } from "@/app";
import { Dialog, Empty, Field, Spinner } from "@/ui";
import { type Template, TemplatesQuery } from "./documents";
import styles from "./Templates.module.css";

type TemplateDialogProps = { onChosen: (template: Template) => void; onClose: () => void };

export function TemplateDialog({ onChosen, onClose }: TemplateDialogProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const { data, error } = useQuery({
    queryKey: ["settings", "templates", {}],
    queryFn: ({ signal }) => request(TemplatesQuery, {}, { signal }),
  });
  const wanted = typed.trim().toLowerCase();
  const found = (data?.templates ?? []).filter(({ name, subject }) =>
    `${name} ${subject}`.toLowerCase().includes(wanted),
  );
  return (
    <Dialog open size="s" title={t`Insert a template`} onClose={onClose}>
      {data === undefined ? (
        error === null ? (
          <Spinner label={t`Loading`} />
        ) : (
          <p role="alert">{error.message}</p>
        )
      ) : data.templates.length === 0 ? (
        <Empty
          title={<Trans>No templates yet</Trans>}
          action={
            <a href={settingsHref("templates")} target="_blank" rel="noopener">
              <Trans>Write one in the settings</Trans>
            </a>
          }
        />
      ) : (
        <>
          <Field
            label={t`Search templates`}
            hideLabel
            type="search"
            placeholder={t`Search templates`}
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              const [first] = found;
              if (event.key !== "Enter" || first === undefined) return;
              event.preventDefault();
              onChosen(first);
            }}
          />
          <ul className={styles.list} aria-label={t`Templates`}>
            {found.map((template) => (
              <li key={template.id}>
                <button type="button" className={styles.entry} onClick={() => onChosen(template)}>
                  <span className={styles.name}>{template.name}</span>
                  {template.subject !== "" && <span className={styles.note}>{template.subject}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
