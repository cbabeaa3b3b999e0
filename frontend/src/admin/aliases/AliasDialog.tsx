/** A new alias, or a change of one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Button, Checkbox, Field, TextArea, toast } from "@/ui";
import styles from "../Admin.module.css";
import {
  type Alias,
  CreateAliasMutation,
  type Domain,
  RemoveAliasMutation,
  UpdateAliasMutation,
} from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { readTargets } from "./targets";

type AliasDialogProps = { domain: Domain; alias: Alias | undefined; onClose: () => void };

export function AliasDialog({ domain, alias, onClose }: AliasDialogProps) {
  const { t } = useLingui();
  const [localpart, setLocalpart] = useState(alias?.localpart ?? "");
  const [isCatchAll, setCatchAll] = useState(alias?.localpart === "*");
  const [targets, setTargets] = useState(alias?.targets.join("\n") ?? "");
  const [isEnabled, setEnabled] = useState(alias?.isEnabled ?? true);
  const { act, isPending, refusal } = useAct();
  const isAddress = refusal?.field === "localpart" || refusal?.field === "address";
  const isTargets = refusal?.field === "targets" || refusal?.field === "target";

  async function save() {
    const list = readTargets(targets, domain.name);
    const isDone = await act(() =>
      alias === undefined
        ? request(CreateAliasMutation, {
            domainId: domain.id,
            localpart: isCatchAll ? "*" : localpart.trim(),
            targets: list,
          })
        : request(UpdateAliasMutation, { id: alias.id, targets: list, isEnabled }),
    );
    if (!isDone) return;
    onClose();
    toast({ text: t`Alias saved` });
  }
  async function remove(id: string) {
    if (!(await act(() => request(RemoveAliasMutation, { id })))) return;
    onClose();
    toast({ text: t`Alias removed` });
  }
  return (
    <FormDialog
      title={alias === undefined ? t`Add alias` : t`Change alias`}
      action={<Trans>Save</Trans>}
      isPending={isPending}
      refusal={isAddress || isTargets ? undefined : refusal}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      {!isCatchAll && (
        <Field
          label={t`Address`}
          size={1}
          value={localpart}
          suffix={`@${domain.displayName}`}
          readOnly={alias !== undefined}
          autoFocus={alias === undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={isAddress ? refusal?.message : undefined}
          onChange={(event) => setLocalpart(event.target.value)}
        />
      )}
      {alias === undefined && (
        <Checkbox
          label={t`Catch-all`}
          help={t`Takes mail to every address of the domain that does not exist. It draws junk mail.`}
          checked={isCatchAll}
          onChange={setCatchAll}
        />
      )}
      <TextArea
        label={t`Mail goes to`}
        help={t`One address a line; a name without @ means a user of ${domain.displayName}.`}
        rows={4}
        value={targets}
        spellCheck={false}
        autoCapitalize="none"
        error={isTargets ? refusal?.message : undefined}
        onChange={(event) => setTargets(event.target.value)}
      />
      {alias !== undefined && (
        <>
          <Checkbox label={t`Enabled`} checked={isEnabled} onChange={setEnabled} />
          <p>
            <Button variant="link" className={styles.removeLink} onClick={() => void remove(alias.id)}>
              <Trans>Remove this alias</Trans>
            </Button>
          </p>
        </>
      )}
    </FormDialog>
  );
}
