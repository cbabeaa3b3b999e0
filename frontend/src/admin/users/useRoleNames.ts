/** What the roles of a domain are called, the plainest first. */
import { useLingui } from "@lingui/react/macro";
import type { User } from "../documents";

export type UserRole = User["role"];

export const rolesOfUsers = [
  "USER",
  "HELPDESK",
  "USER_CREATOR",
  "REPORT_READER",
  "LIST_MANAGER",
  "DOMAIN_ADMINISTRATOR",
] as const satisfies UserRole[];

export function useRoleNames(): Record<UserRole, string> {
  const { t } = useLingui();
  return {
    USER: t`User`,
    HELPDESK: t`Helpdesk`,
    USER_CREATOR: t`User creator`,
    REPORT_READER: t`Report reader`,
    LIST_MANAGER: t`List manager`,
    DOMAIN_ADMINISTRATOR: t`Domain administrator`,
    SYSTEM_ADMINISTRATOR: t`System administrator`,
  };
}
