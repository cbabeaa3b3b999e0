/** One's own settings, which hold on every device: read together, changed one at a time. */
import { useLingui } from "@lingui/react/macro";
import { request } from "@/api";
import { useViewer } from "@/app";
import { toast } from "@/ui";
import { type PersonalSetting, PersonalSettingsQuery, SetPersonalSettingMutation } from "../documents";
import { useChange, useSettingsQuery } from "./useSettingsQuery";

export function usePersonalSettings() {
  const { id } = useViewer();
  return useSettingsQuery("personal", PersonalSettingsQuery, { id });
}

/** `set` answers whether it is done; null goes back to what holds without an own value. */
export function useSetPersonal() {
  const { t } = useLingui();
  const { id } = useViewer();
  const { change, isPending, refusal } = useChange();

  async function set(key: string, value: PersonalSetting["value"]): Promise<boolean> {
    const done = await change(() => request(SetPersonalSettingMutation, { id, key, value }));
    if (done !== undefined) toast({ text: t`Saved` });
    return done !== undefined;
  }
  return { set, isPending, refusal };
}
