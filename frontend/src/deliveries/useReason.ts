/** Why something was not delivered, as one says it to a person. */
import { useLingui } from "@lingui/react/macro";
import { type Reason, reasonOf } from "./reasons";

export function useReason(): (status: string) => string {
  const { t } = useLingui();
  const words: Record<Reason, string> = {
    noSuchAddress: t`Nobody has this address there`,
    noSuchDomain: t`The domain has no mail server that can be found`,
    takesNoMail: t`The domain takes no mail`,
    disabled: t`The mailbox there takes no mail`,
    full: t`The mailbox there is full`,
    tooLarge: t`The message is larger than they accept`,
    noAnswer: t`Their server does not answer`,
    loop: t`The message went round in circles`,
    tooLong: t`It was tried for too long`,
    notTrusted: t`Their server could not verify who sent it`,
    insecure: t`It could not be sent securely enough`,
    busy: t`Their server is too busy`,
    refused: t`Their server refused it`,
    later: t`Their server asked to try again later`,
    unknown: t`It could not be delivered`,
  };
  return (status) => words[reasonOf(status)];
}
