/** What is drawn from one's own settings, once they are known; `find` gives one of them where there is one. */
import type { ReactNode } from "react";
import { Loaded } from "@/ui/Loaded";
import type { PersonalSetting } from "../documents";
import { usePersonalSettings } from "./usePersonal";

export type OwnSettingsProps = {
  children: (find: (key: string) => PersonalSetting | undefined) => ReactNode;
};

export function OwnSettings({ children }: OwnSettingsProps) {
  return (
    <Loaded query={usePersonalSettings()}>
      {({ settings }) => children((key) => settings?.find((one) => one.key === key))}
    </Loaded>
  );
}
