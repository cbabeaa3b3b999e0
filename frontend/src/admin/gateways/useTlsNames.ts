/** The ways a connection to a gateway is secured, in words. */
import { useLingui } from "@lingui/react/macro";
import type { Gateway } from "./documents";

export function useTlsNames(): Record<Gateway["tls"], string> {
  const { t } = useLingui();
  return {
    VERIFIED: t`STARTTLS, certificate verified`,
    IMPLICIT: t`TLS from the start, certificate verified`,
    ENCRYPTED: t`Encrypted, any certificate`,
    OPPORTUNISTIC: t`Encrypted where it is offered`,
  };
}
