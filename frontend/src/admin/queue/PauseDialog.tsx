/** Pausing a destination that nothing waits for yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Field, toast } from "@/ui";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { PauseSendingMutation } from "./documents";

export function PauseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [domain, setDomain] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const { act, isPending, refusal } = useAct();
  const name = domain.trim();

  async function submit() {
    // Without a domain the server would pause all sending.
    setEmpty(name === "");
    if (name === "" || !(await act(() => request(PauseSendingMutation, { domain: name })))) return;
    onClose();
    toast({ text: t`Sending to ${name} is paused` });
  }
  return (
    <FormDialog
      title={t`Pause a destination`}
      action={<Trans>Pause</Trans>}
      isPending={isPending}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t`Domain`}
        help={t`Mail to it is accepted and waits until it is resumed`}
        placeholder="example.org"
        value={domain}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        error={isEmpty ? t`Name a domain` : refusal?.message}
        onChange={(event) => setDomain(event.target.value)}
      />
    </FormDialog>
  );
}
