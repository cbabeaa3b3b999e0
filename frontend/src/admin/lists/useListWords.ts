/** The words of lists for people. */
import { useLingui } from "@lingui/react/macro";
import type { MailingList, Member } from "./documents";

export function useListWords() {
  const { t } = useLingui();
  const posting: Record<MailingList["posting"], string> = {
    MEMBERS: t`Members`,
    ANYONE: t`Anyone`,
    MODERATORS: t`Moderators`,
    CHOSEN: t`Chosen senders`,
  };
  const subscription: Record<MailingList["subscription"], string> = {
    CLOSED: t`Closed`,
    REQUEST: t`By request`,
    OPEN: t`Open`,
  };
  const role: Record<Member["role"], string> = {
    MEMBER: t`Member`,
    MODERATOR: t`Moderator`,
    OWNER: t`Owner`,
    ADMINISTRATOR: t`Administrator`,
  };
  return { posting, subscription, role };
}

/** A value chosen in a Select as one of those it offers. */
export function oneOf<T extends string>(options: readonly T[], value: string, otherwise: T): T {
  return options.find((one) => one === value) ?? otherwise;
}
