/** The role of a user in the domain; what the viewer may not give is not offered. */
import { useLingui } from "@lingui/react/macro";
import { useCan } from "@/app";
import { Select } from "@/ui";
import { rolesOfUsers, type UserRole, useRoleNames } from "./useRoleNames";

type RoleSelectProps = {
  value: UserRole;
  isPrimary?: boolean;
  disabled?: boolean;
  onChange: (role: UserRole) => void;
};

export function RoleSelect({ value, isPrimary = false, disabled = false, onChange }: RoleSelectProps) {
  const { t } = useLingui();
  const names = useRoleNames();
  const canManage = useCan("USERS_MANAGE");
  const canAppoint = useCan("DOMAIN_ADMINS_APPOINT");
  const isBeyond = value === "DOMAIN_ADMINISTRATOR" && !canAppoint;
  const offered = rolesOfUsers.filter(
    (role) => role === value || role !== "DOMAIN_ADMINISTRATOR" || canAppoint,
  );
  const helps: Record<UserRole, string> = {
    USER: t`Uses the own mailbox.`,
    HELPDESK: t`May set passwords of users.`,
    USER_CREATOR: t`May add users.`,
    REPORT_READER: t`May read reports.`,
    LIST_MANAGER: t`May manage aliases.`,
    DOMAIN_ADMINISTRATOR: t`May manage users, aliases and limits.`,
    SYSTEM_ADMINISTRATOR: "",
  };
  return (
    <Select
      label={t`Role`}
      help={isPrimary ? t`This is the primary administrator of the domain.` : helps[value]}
      options={offered.map((role) => ({ value: role, label: names[role] }))}
      value={value}
      disabled={disabled || !canManage || isPrimary || isBeyond}
      onChange={(text) => onChange(rolesOfUsers.find((role) => role === text) ?? value)}
    />
  );
}
