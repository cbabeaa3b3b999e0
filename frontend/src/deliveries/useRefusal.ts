/** Why this server did not accept something, as one says it to a person. */
import { useLingui } from "@lingui/react/macro";
import { type Reason, reasonOf } from "./reasons";

export function useRefusal(): (status: string) => string {
  const { t } = useLingui();
  const words: Record<Reason, string> = {
    noSuchAddress: t`Nobody has this address here`,
    noSuchDomain: t`The domain of the sender does not exist`,
    takesNoMail: t`The domain of the sender takes no mail itself`,
    disabled: t`The mailbox takes no mail`,
    full: t`The mailbox was full`,
    tooLarge: t`The message was larger than is accepted`,
    noAnswer: t`The server that has the mailbox did not answer`,
    loop: t`The message went round in circles`,
    tooLong: t`It was tried for too long`,
    notTrusted: t`It could not be verified who sent it`,
    insecure: t`The connection was not secure enough`,
    busy: t`The server was too busy`,
    refused: t`It is not allowed here`,
    later: t`It was too much at once`,
    unknown: t`The server did not say why`,
  };
  return (status) => (status === "5.1.8" ? words.noSuchDomain : words[reasonOf(status)]);
}
