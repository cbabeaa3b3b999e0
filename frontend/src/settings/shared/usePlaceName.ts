/** For whom somebody above decided, in words. */
import { useLingui } from "@lingui/react/macro";
import type { SettingLevel } from "@/api";

export function usePlaceName(): (origin: { level: SettingLevel; name: string }) => string {
  const { t } = useLingui();
  return ({ level, name }) =>
    level === "DOMAIN" ? name : level === "USER" ? t`your mailbox` : t`the whole server`;
}
