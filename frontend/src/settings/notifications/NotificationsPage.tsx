/** How somebody hears of new mail: on this device, on others, and of what. */
import { Trans } from "@lingui/react/macro";
import { useViewer } from "@/app";
import { PushQuery } from "@/app/push/documents";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import { usePersonalSettings } from "../shared/usePersonal";
import { useSettingsQuery } from "../shared/useSettingsQuery";
import { OtherDevices } from "./OtherDevices";
import { ThisDevice } from "./ThisDevice";
import { WhatIsTold } from "./WhatIsTold";

export function NotificationsPage() {
  const { id } = useViewer();
  const settings = usePersonalSettings();
  const push = useSettingsQuery("push", PushQuery, {});
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Hear of new mail in the inbox. Muted conversations, Junk, and what filters put into folders stay
          silent.
        </Trans>
      </p>
      <Loaded query={settings}>
        {({ settings }) => (
          <Loaded query={push}>
            {({ push }) => (
              <>
                <ThisDevice
                  userId={id}
                  device={push?.devices.find(({ isCurrent }) => isCurrent)}
                  push={settings?.find(({ key }) => key === "notifications.push")}
                />
                <WhatIsTold settings={settings ?? []} />
                <OtherDevices devices={push?.devices.filter(({ isCurrent }) => !isCurrent) ?? []} />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}
