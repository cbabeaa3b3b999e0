/** The places of the application, and at its end the look and the account. Only what exists is shown. */
import { useLingui } from "@lingui/react/macro";
import {
  Activity,
  Keyboard,
  LogOut,
  Mail,
  Moon,
  Rows2,
  Rows3,
  Rows4,
  Settings,
  Sun,
  SunMoon,
  Users,
} from "lucide-react";
import { IconButton, Menu, type MenuGroup } from "@/ui";
import { Link } from "./Link";
import { Logo } from "./Logo";
import { navigate, useRoute } from "./location";
import { setPreference, useIsDark, usePreferences } from "./preferences";
import { adminHref, listsHref, mailHref, settingsHref } from "./routes";
import styles from "./Shell.module.css";
import { hasAdmin, hasMail, signOut, useViewer } from "./session";
import { useKeys } from "./shortcuts";

const current = (isCurrent: boolean) => (isCurrent ? "page" : undefined);

export function Rail({ onShortcuts, onError }: { onShortcuts: () => void; onError: (text: string) => void }) {
  "use no memo"; // Menus are made once in a while; memoised they would be several times the code.
  const { t } = useLingui();
  const viewer = useViewer();
  const keys = useKeys();
  const { theme, density } = usePreferences();
  const dark = useIsDark();
  const { page } = useRoute();

  const account: MenuGroup[] = [
    {
      id: "theme",
      label: t`Appearance`,
      selected: theme,
      items: [
        {
          id: "system",
          label: t`Like the system`,
          icon: <SunMoon />,
          onAction: () => setPreference("theme", "system"),
        },
        { id: "light", label: t`Light`, icon: <Sun />, onAction: () => setPreference("theme", "light") },
        { id: "dark", label: t`Dark`, icon: <Moon />, onAction: () => setPreference("theme", "dark") },
      ],
    },
    {
      id: "density",
      label: t`Lists`,
      selected: density,
      items: [
        {
          id: "compact",
          label: t`Compact`,
          icon: <Rows4 />,
          onAction: () => setPreference("density", "compact"),
        },
        { id: "cosy", label: t`Cosy`, icon: <Rows3 />, onAction: () => setPreference("density", "cosy") },
        { id: "roomy", label: t`Roomy`, icon: <Rows2 />, onAction: () => setPreference("density", "roomy") },
      ],
    },
    {
      id: "account",
      label: viewer.address ?? viewer.name,
      items: [
        {
          id: "settings",
          label: t`All settings`,
          icon: <Settings />,
          onAction: () => navigate(settingsHref()),
        },
        {
          id: "keys",
          label: t`Keyboard shortcuts`,
          icon: <Keyboard />,
          shortcut: keys.shown("shortcuts"),
          onAction: onShortcuts,
        },
        {
          id: "sign-out",
          label: t`Sign out`,
          icon: <LogOut />,
          onAction: () => {
            signOut().catch((error: unknown) => {
              const reason = error instanceof Error ? error.message : String(error);
              onError(t`You are still signed in. ${reason}`);
            });
          },
        },
      ],
    },
  ];

  return (
    <nav className={styles.rail} aria-label={t`Places`}>
      <span className={styles.logo}>
        <Logo />
      </span>
      <div className={styles.places}>
        {hasMail(viewer) && (
          <Link
            to={mailHref()}
            className={styles.place}
            aria-current={current(page === "mail" || page === "search")}
          >
            <Mail aria-hidden="true" />
            {t`Mail`}
          </Link>
        )}
        {viewer.moderatesLists && (
          <Link to={listsHref()} className={styles.place} aria-current={current(page === "lists")}>
            <Users aria-hidden="true" />
            {t`Lists`}
          </Link>
        )}
        {hasAdmin(viewer) && (
          <Link to={adminHref()} className={styles.place} aria-current={current(page === "admin")}>
            <Activity aria-hidden="true" />
            {t`Admin`}
          </Link>
        )}
      </div>
      <span className={styles.space} />
      <div className={styles.foot}>
        <IconButton
          className={styles.wide}
          label={dark ? t`Light appearance` : t`Dark appearance`}
          onClick={() => setPreference("theme", dark ? "light" : "dark")}
        >
          {dark ? <Sun /> : <Moon />}
        </IconButton>
        <Menu
          label={t`Account and settings`}
          groups={account}
          placement="top start"
          trigger={(props) => (
            <>
              <IconButton
                {...props}
                className={styles.wide}
                aria-current={current(page === "settings")}
                label={t`Account and settings`}
              >
                <Settings />
              </IconButton>
            </>
          )}
        />
        <Menu
          label={t`Account and settings`}
          groups={account}
          placement="top end"
          trigger={(props) => (
            <button
              type="button"
              {...props}
              className={`${styles.place} ${styles.narrow}`}
              aria-current={current(page === "settings")}
            >
              <Settings aria-hidden="true" />
              {t`Account`}
            </button>
          )}
        />
      </div>
    </nav>
  );
}
