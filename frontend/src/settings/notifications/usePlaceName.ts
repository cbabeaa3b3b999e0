/** For whom somebody above decided, in words. */
import { useLingui } from "@lingui/react/macro";
import type { NotificationSetting } from "./documents";

export function usePlaceName(): (origin: NotificationSetting["origin"]) => string {
  const { t } = useLingui();
  return ({ level, name }) =>
    level === "DOMAIN" ? name : level === "USER" ? t`your mailbox` : t`the whole server`;
}
