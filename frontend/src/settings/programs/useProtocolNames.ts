/** What a protocol is called where a person chooses it. */
import { useLingui } from "@lingui/react/macro";
import type { MailProtocol } from "@/api";

export function useProtocolNames(): (protocol: MailProtocol) => string {
  const { t } = useLingui();
  const names: Record<MailProtocol, string> = { IMAP: t`IMAP`, POP3: t`POP3`, SMTP: t`Sending` };
  return (protocol) => names[protocol];
}
