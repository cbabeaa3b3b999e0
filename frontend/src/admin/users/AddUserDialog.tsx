/** A new user of a domain. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { useCan } from "@/app";
import { PasswordField } from "@/setup";
import { Field, toast } from "@/ui";
import { CreateUserMutation, type Domain } from "../documents";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { RoleSelect } from "./RoleSelect";
import type { UserRole } from "./useRoleNames";

export function AddUserDialog({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { t } = useLingui();
  const canManage = useCan("USERS_MANAGE");
  const [name, setName] = useState("");
  const [localpart, setLocalpart] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<UserRole>("USER");
  const { act, isPending, refusal } = useAct();
  const errorOf = (...fields: string[]) =>
    refusal?.field !== undefined && fields.includes(refusal.field) ? refusal.message : undefined;
  const addressError = errorOf("localpart", "address", "userLocalpart");
  const passwordError = errorOf("password", "userPassword");
  const isElsewhere = addressError === undefined && passwordError === undefined;
  const address = `${localpart.trim()}@${domain.displayName}`;

  async function submit() {
    const isDone = await act(() =>
      request(CreateUserMutation, {
        domainId: domain.id,
        localpart: localpart.trim(),
        name: name.trim(),
        password,
        role,
      }),
    );
    if (!isDone) return;
    onClose();
    toast({ text: t`${address} was added` });
  }
  return (
    <FormDialog
      title={t`Add user`}
      action={<Trans>Add user</Trans>}
      isPending={isPending}
      refusal={isElsewhere ? refusal : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t`Name`}
        value={name}
        autoFocus
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t`Address`}
        size={1}
        value={localpart}
        suffix={`@${domain.displayName}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={addressError}
        onChange={(event) => setLocalpart(event.target.value)}
      />
      <PasswordField
        label={t`Password`}
        value={password}
        names={[name, localpart, address]}
        canGenerate
        error={passwordError}
        onChange={setPassword}
      />
      {canManage && <RoleSelect value={role} onChange={setRole} />}
    </FormDialog>
  );
}
