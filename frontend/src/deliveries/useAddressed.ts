/** Whom a message was for, as one says it. */
import { useLingui } from "@lingui/react/macro";
import { domainOfMany } from "./addressed";

export function useAddressed(): (address: string) => string {
  const { t } = useLingui();
  return (address) => {
    const domain = domainOfMany(address);
    if (domain !== undefined) return t`several addresses of ${domain}`;
    return address === "" ? t`nobody in particular` : address;
  };
}
