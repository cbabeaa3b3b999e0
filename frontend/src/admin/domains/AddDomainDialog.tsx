/** A new domain; its page with the DNS records opens next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { adminHref, navigate } from "@/app";
import { Field, toast } from "@/ui";
import { CreateDomainMutation } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";

export function AddDomainDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const { act, isPending, refusal } = useAct();

  async function submit() {
    let id = "";
    const isDone = await act(async () => {
      const { createDomain } = await request(CreateDomainMutation, { name: name.trim() });
      id = createDomain?.id ?? "";
    });
    if (!isDone) return;
    onClose();
    toast({ text: t`${name.trim()} was added. Next: publish its DNS records` });
    navigate(adminHref(`domains/${id}/dns`));
  }
  return (
    <FormDialog
      title={t`Add domain`}
      action={<Trans>Add domain</Trans>}
      isPending={isPending}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t`Domain`}
        help={t`What stands after the @ in addresses`}
        placeholder="example.org"
        value={name}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        error={refusal?.message}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
