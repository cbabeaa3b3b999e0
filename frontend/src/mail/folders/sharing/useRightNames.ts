/** Levels and single rights in words. */
import { useLingui } from "@lingui/react/macro";
import type { MailboxRight } from "@/api";
import type { Level } from "./levels";

export function useLevelNames(): Record<Level, string> {
  const { t } = useLingui();
  return { read: t`Can read`, write: t`Can write`, manage: t`Can manage` };
}

export function useRightNames(): Record<MailboxRight, string> {
  const { t } = useLingui();
  return {
    LOOKUP: t`See that the folder exists`,
    READ: t`Read messages`,
    SEEN: t`Keep an own read state`,
    WRITE: t`Star and tag messages`,
    INSERT: t`Put messages in`,
    POST: t`Send to the folder’s address`,
    CREATE: t`Make folders inside`,
    DELETE_MAILBOX: t`Rename or delete the folder`,
    DELETE_MESSAGES: t`Delete messages`,
    EXPUNGE: t`Remove deleted messages for good`,
    ADMINISTER: t`Share the folder`,
  };
}
