/** One more address, or a whole domain, to which nothing is sent. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Field, Select, toast } from "@/ui";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { AddSuppressionMutation } from "./documents";
import { useReasons } from "./useReasons";

const exact = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
const fields = ["address", "domain", "days"];

/** Empty is for good; what is no number becomes 0, which the server refuses for its field. */
const daysOf = (text: string) =>
  text.trim() === "" ? null : /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;

type AddDialogProps = { domainId: string | null; onClose: () => void };

export function AddDialog({ domainId, onClose }: AddDialogProps) {
  const { t } = useLingui();
  const reasons = useReasons();
  const [address, setAddress] = useState("");
  const [reason, setReason] = useState<"MANUAL" | "COMPLAINT">("MANUAL");
  const [detail, setDetail] = useState("");
  const [days, setDays] = useState("");
  const { act, isPending, refusal } = useAct();
  const errorOf = (...names: string[]) =>
    refusal?.field !== undefined && names.includes(refusal.field) ? refusal.message : undefined;
  const isElsewhere = refusal?.field === undefined || !fields.includes(refusal.field);

  async function save() {
    const input = { address, domainId, reason, detail, days: daysOf(days) };
    if (!(await act(() => request(AddSuppressionMutation, input)))) return;
    onClose();
    toast({ text: t`Nothing is sent to ${address.trim()}` });
  }
  return (
    <FormDialog
      title={t`Send nothing to`}
      action={<Trans>Add</Trans>}
      isPending={isPending}
      refusal={isElsewhere ? refusal : undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field
        {...exact}
        label={t`Address or domain`}
        placeholder="name@example.org"
        autoFocus
        value={address}
        error={errorOf("address", "domain")}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Select
        label={t`Why`}
        options={[
          { value: "MANUAL", label: reasons.MANUAL },
          { value: "COMPLAINT", label: reasons.COMPLAINT },
        ]}
        value={reason}
        onChange={(value) => setReason(value === "COMPLAINT" ? "COMPLAINT" : "MANUAL")}
      />
      <Field
        label={t`Note`}
        autoComplete="off"
        value={detail}
        onChange={(event) => setDetail(event.target.value)}
      />
      <Field
        {...exact}
        label={t`Days`}
        help={t`Empty: for good`}
        inputMode="numeric"
        value={days}
        error={errorOf("days")}
        onChange={(event) => setDays(event.target.value)}
      />
    </FormDialog>
  );
}
