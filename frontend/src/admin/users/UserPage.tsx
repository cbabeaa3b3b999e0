/** One user: who, what is allowed, how much. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import { type FormEvent, useState } from "react";
import { request } from "@/api";
import { adminHref, navigate, useCan, useViewer } from "@/app";
import { formatBytes } from "@/lib/bytes";
import { fullTime } from "@/lib/dates";
import { Button, Field, Switch, toast, Unsaved } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { RemoveUserMutation, UpdateUserMutation, type User, UserQuery } from "../documents";
import { LimitsForm } from "../limits/LimitsForm";
import { AdminLink } from "../shared/AdminLink";
import { Missing } from "../shared/Missing";
import { PageHead } from "../shared/PageHead";
import { RemoveDialog } from "../shared/RemoveDialog";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { PasswordDialog } from "./PasswordDialog";
import { RoleSelect } from "./RoleSelect";
import { SendGrants } from "./SendGrants";
import { UserForward } from "./UserForward";
import type { UserRole } from "./useRoleNames";

export function UserPage({ domainId, id }: { domainId: string; id: string }) {
  const { t } = useLingui();
  const query = useAdminQuery("user", UserQuery, { id });
  return (
    <Loaded isPage query={query}>
      {({ user }) =>
        user === null || user.domainId !== domainId ? (
          <Missing title={t`There is no such user`} />
        ) : (
          <UserView user={user} />
        )
      }
    </Loaded>
  );
}

function UserView({ user }: { user: User }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const canManage = useCan("USERS_MANAGE");
  const canSetPassword = useCan("PASSWORDS_SET");
  const [asking, setAsking] = useState<"password" | "remove">();
  const isSelf = user.id === viewer.id;
  const storage = formatBytes(user.usedBytes);
  const seen = user.lastSignInAt === null ? t`never` : fullTime(user.lastSignInAt);
  return (
    <>
      <PageHead
        title={user.address}
        back={
          <AdminLink isBack to={`domains/${user.domainId}`} className={styles.back}>
            <ChevronLeft aria-hidden="true" />
            <Trans>Users</Trans>
          </AdminLink>
        }
      >
        {canSetPassword && (
          <Button onClick={() => setAsking("password")}>
            <Trans>Set password…</Trans>
          </Button>
        )}
        {canManage && !isSelf && (
          <Button variant="quiet" onClick={() => setAsking("remove")}>
            <Trans>Remove…</Trans>
          </Button>
        )}
      </PageHead>
      <p className={styles.lead}>
        <Plural value={user.messageCount} one="# message" other="# messages" />, {storage}.{" "}
        <Trans>Last sign-in: {seen}.</Trans>
      </p>
      <div className={styles.columns}>
        <section className={styles.part} aria-label={t`Account`}>
          <h2 className={styles.subtitle}>
            <Trans>Account</Trans>
          </h2>
          <NameForm key={user.name} user={user} disabled={!canManage} />
          <UserSwitches user={user} isSelf={isSelf} />
          {canManage && (
            <>
              <h2 className={styles.subtitle}>
                <Trans>Forwarding</Trans>
              </h2>
              <UserForward userId={user.id} />
            </>
          )}
          {canManage && <SendGrants user={user} />}
        </section>
        <section className={styles.part} aria-label={t`Limits`}>
          <h2 className={styles.subtitle}>
            <Trans>Limits</Trans>
          </h2>
          <LimitsForm level="USER" targetId={user.id} isNarrow />
        </section>
      </div>
      {asking === "password" && <PasswordDialog user={user} onClose={() => setAsking(undefined)} />}
      {asking === "remove" && (
        <RemoveDialog
          title={t`Remove ${user.address}?`}
          name={user.address}
          onRemove={() => request(RemoveUserMutation, { id: user.id })}
          onClose={() => setAsking(undefined)}
          onDone={() => {
            toast({ text: t`${user.address} was removed` });
            navigate(adminHref(`domains/${user.domainId}`));
          }}
        >
          <Trans>The mailbox and all its mail are removed with it. This cannot be undone.</Trans>
        </RemoveDialog>
      )}
    </>
  );
}

function NameForm({ user, disabled }: { user: User; disabled: boolean }) {
  const { t } = useLingui();
  const [name, setName] = useState(user.name);
  const { act, isPending, refusal } = useAct();
  const isChanged = name.trim() !== user.name;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isChanged) return;
    if (await act(() => request(UpdateUserMutation, { id: user.id, name: name.trim() })))
      toast({ text: t`Name saved` });
  }
  return (
    <form className={styles.inline} onSubmit={submit}>
      {isChanged && <Unsaved />}
      <Field
        label={t`Name`}
        value={name}
        readOnly={disabled}
        autoComplete="off"
        error={refusal?.message}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!isChanged} pending={isPending}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

function UserSwitches({ user, isSelf }: { user: User; isSelf: boolean }) {
  const { t } = useLingui();
  const canManage = useCan("USERS_MANAGE");
  const { act, isPending, refusal } = useAct();
  const change = (values: { isEnabled?: boolean; role?: UserRole }) =>
    void act(() => request(UpdateUserMutation, { id: user.id, ...values }));
  return (
    <>
      <Switch
        label={t`Enabled`}
        help={t`A disabled user cannot sign in and gets no mail; what is there stays.`}
        checked={user.isEnabled}
        disabled={!canManage || isSelf || isPending}
        onChange={(isEnabled) => change({ isEnabled })}
      />
      <RoleSelect
        value={user.role}
        isPrimary={user.isPrimary}
        disabled={isSelf || isPending}
        onChange={(role) => change({ role })}
      />
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
    </>
  );
}
