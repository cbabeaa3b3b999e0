/** The frame of every page: rail at the side, or a bar at the foot of a phone; what is open stands beside it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";
import { onDemand, toast } from "@/ui";
import { ComposeDock } from "./compose";
import { whenIdle } from "./idle";
import { loadKeymap } from "./keymap";
import { navigate } from "./location";
import { Rail } from "./Rail";
import { adminHref, listsHref, mailHref, settingsHref } from "./routes";
import styles from "./Shell.module.css";
import { hasAdmin, hasMail, useViewer } from "./session";
import { useCommands } from "./shortcuts";

const CommandPalette = onDemand(async () => (await import("./CommandPalette")).CommandPalette);
const ShortcutSheet = onDemand(async () => (await import("./ShortcutSheet")).ShortcutSheet);

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const [open, setOpen] = useState<"palette" | "shortcuts">();
  const close = () => setOpen(undefined);

  // Standard keys until then; where they cannot be read, for good.
  useEffect(() => {
    whenIdle(() => void loadKeymap().catch(() => undefined));
    whenIdle(CommandPalette.prepare);
  }, [viewer.id]);

  useCommands([
    {
      id: "palette",
      label: t`All commands`,
      group: t`Help`,
      keys: ["Mod+k"],
      whileTyping: true,
      run: () => setOpen(open === "palette" ? undefined : "palette"),
    },
    {
      id: "shortcuts",
      label: t`Keyboard shortcuts`,
      group: t`Help`,
      keys: ["?"],
      run: () => setOpen("shortcuts"),
    },
    {
      id: "go-admin",
      label: t`Administration`,
      group: t`Go to`,
      isEnabled: hasAdmin(viewer),
      run: () => navigate(adminHref()),
    },
    {
      id: "go-settings",
      label: t`Settings`,
      group: t`Go to`,
      keys: ["g ,"],
      run: () => navigate(settingsHref()),
    },
    {
      id: "go-lists",
      label: t`Mailing lists`,
      group: t`Go to`,
      isEnabled: viewer.moderatesLists,
      run: () => navigate(listsHref()),
    },
    {
      id: "go-mail",
      label: t`Mail`,
      group: t`Go to`,
      isEnabled: hasMail(viewer),
      run: () => navigate(mailHref()),
    },
  ]);

  return (
    <div className={styles.shell}>
      <a className={`${styles.skip} visually-hidden`} href="#main">
        <Trans>Skip to content</Trans>
      </a>
      <Rail onShortcuts={() => setOpen("shortcuts")} onError={(text) => toast({ text, tone: "danger" })} />
      <main className={styles.main} id="main">
        {children}
      </main>
      <ComposeDock />
      {open === "palette" && <CommandPalette onClose={close} />}
      {open === "shortcuts" && <ShortcutSheet onClose={close} />}
    </div>
  );
}
