/** What one member is on a list and gets from it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { fullTime } from "@/lib/dates";
import { Button, Checkbox, Select, toast } from "@/ui";
import styles from "../Admin.module.css";
import { FormDialog } from "../shared/FormDialog";
import { useAct } from "../shared/useAct";
import { type MailingList, type Member, RemoveMembersMutation, UpdateMemberMutation } from "./documents";
import { oneOf, useListWords } from "./useListWords";

const roles = ["MEMBER", "MODERATOR", "OWNER"] as const;

type MemberDialogProps = { list: MailingList; member: Member; onClose: () => void };

export function MemberDialog({ list, member, onClose }: MemberDialogProps) {
  const { t } = useLingui();
  const words = useListWords();
  const [role, setRole] = useState(member.role);
  const [getsPosts, setGetsPosts] = useState(member.delivery === "EACH");
  const [isSuspended, setSuspended] = useState(member.suspendedAt !== null);
  const { act, isPending, refusal } = useAct();
  const { address } = member;
  const isGroup = address.startsWith("group:");
  const since = member.suspendedAt === null ? "" : fullTime(member.suspendedAt);

  async function save() {
    const isDone = await act(() =>
      request(UpdateMemberMutation, {
        listId: list.id,
        id: member.id,
        role,
        delivery: getsPosts ? "EACH" : "NONE",
        isSuspended: member.suspendedAt !== null && !isSuspended ? false : null,
      }),
    );
    if (!isDone) return;
    onClose();
    toast({ text: t`Member saved` });
  }
  async function remove() {
    if (!(await act(() => request(RemoveMembersMutation, { listId: list.id, ids: [member.id] })))) return;
    onClose();
    toast({ text: t`${address} is no longer on the list` });
  }
  return (
    <FormDialog
      title={address}
      action={<Trans>Save</Trans>}
      isPending={isPending}
      refusal={refusal}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      {!isGroup && (
        <Select
          label={t`Role`}
          help={t`Owners set the list up and keep its members; moderators decide about posts and requests.`}
          options={roles.map((value) => ({ value, label: words.role[value] }))}
          value={role}
          onChange={(value) => setRole(oneOf(roles, value, "MEMBER"))}
        />
      )}
      <Checkbox label={t`Gets posts`} checked={getsPosts} onChange={setGetsPosts} />
      {member.suspendedAt !== null && (
        <Checkbox
          label={t`Suspended`}
          help={t`Mail came back too often; nothing is sent since ${since}.`}
          checked={isSuspended}
          onChange={setSuspended}
        />
      )}
      <p>
        <Button variant="link" className={styles.removeLink} onClick={() => void remove()}>
          <Trans>Take off the list</Trans>
        </Button>
      </p>
    </FormDialog>
  );
}
