/** A new mailing list: its address and its name; the rest is set on its page. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { adminHref, navigate } from "@/app";
import { Field, toast } from "@/ui";
import type { Domain } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { CreateListMutation } from "./documents";

export function AddListDialog({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { t } = useLingui();
  const [localpart, setLocalpart] = useState("");
  const [name, setName] = useState("");
  const { act, isPending, refusal } = useAct();
  const isAddress = refusal?.field === "localpart" || refusal?.field === "address";
  const isName = refusal?.field === "name";

  async function save() {
    let id: string | undefined;
    const isDone = await act(async () => {
      const done = await request(CreateListMutation, { domainId: domain.id, localpart, options: { name } });
      id = done.createMailingList?.id;
    });
    if (!isDone || id === undefined) return;
    onClose();
    toast({ text: t`List added` });
    navigate(adminHref(`domains/${domain.id}/lists/${id}/members`));
  }
  return (
    <FormDialog
      title={t`Add list`}
      action={<Trans>Add</Trans>}
      isPending={isPending}
      refusal={isAddress || isName ? undefined : refusal}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field
        label={t`Address`}
        help={t`Members post; nobody joins by themselves. Both can be changed afterwards.`}
        size={1}
        value={localpart}
        suffix={`@${domain.displayName}`}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={isAddress ? refusal?.message : undefined}
        onChange={(event) => setLocalpart(event.target.value)}
      />
      <Field
        label={t`Name`}
        value={name}
        autoComplete="off"
        error={isName ? refusal?.message : undefined}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
