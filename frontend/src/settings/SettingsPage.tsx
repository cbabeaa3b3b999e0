/** Settings: sections at the side with a search, the chosen one beside it; on a phone one after the other. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { hasMail, Link, navigate, settingsHref, useTitle, useViewer } from "@/app";
import { Empty, Field, Spinner } from "@/ui";
import { isFound } from "./found";
import styles from "./Settings.module.css";
import type { Section } from "./section";
import { sections } from "./sections";

const WIDE = "(min-width: 760px)";

export function SettingsPage({ path }: { path: string }) {
  const { t, i18n } = useLingui();
  const viewer = useViewer();
  const [id = "", ...rest] = path.split("/");
  const shown = sections.filter(({ needsMail }) => hasMail(viewer) || !needsMail);
  const current = shown.find((section) => section.id === id);
  const first = shown[0]?.id;
  useTitle(current === undefined ? t`Settings` : i18n._(current.title));

  // Where there is room for both, the first section stands beside the list.
  useEffect(() => {
    if (path === "" && first !== undefined && matchMedia(WIDE).matches)
      navigate(settingsHref(first), { replace: true });
  }, [path, first]);

  return (
    <div className={styles.settings} data-open={path !== "" || undefined}>
      <Sections sections={shown} current={path === "" ? undefined : id} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it where nothing in it takes the focus. */}
      <div className={styles.page} role="region" aria-label={t`Settings`} tabIndex={0}>
        {path !== "" && (
          <div className={styles.inner} key={id}>
            <Link isBack to={settingsHref()} className={styles.back}>
              <ChevronLeft aria-hidden="true" />
              <Trans>Settings</Trans>
            </Link>
            {current === undefined ? (
              <>
                <h1 className="visually-hidden">
                  <Trans>Settings</Trans>
                </h1>
                <Empty title={<Trans>There is no such page</Trans>} />
              </>
            ) : (
              <>
                <h1 className={styles.title}>{i18n._(current.title)}</h1>
                <Suspense fallback={<Spinner label={t`Loading`} />}>
                  <current.Page rest={rest.join("/")} />
                </Suspense>
              </>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function Sections({ sections, current }: { sections: readonly Section[]; current: string | undefined }) {
  const { t, i18n } = useLingui();
  const { address, name } = useViewer();
  const [typed, setTyped] = useState("");
  // Alone on a phone it is the title of the page.
  const Title = current === undefined ? "h1" : "p";
  const groups = [
    { id: "mail", label: t`Mail` },
    { id: "account", label: t`Account` },
    { id: "browser", label: t`This browser` },
  ] as const;
  const found = sections.filter(({ title, words }) => isFound(typed, i18n._(title), i18n._(words)));
  return (
    <nav className={styles.nav} aria-label={t`Sections`}>
      <Title className={styles.navTitle}>
        <Trans>Settings</Trans>
      </Title>
      <p className={styles.navNote}>{address ?? name}</p>
      <Field
        label={t`Search settings`}
        hideLabel
        type="search"
        placeholder={t`Search settings`}
        size={1}
        className={styles.search}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.length === 0 && (
        <p className={styles.none} role="status">
          <Trans>No setting is called that.</Trans>
        </p>
      )}
      {groups.map(({ id, label }) => {
        const members = found.filter(({ group }) => group === id);
        if (members.length === 0) return null;
        return (
          <div key={id} className={styles.group}>
            <h2 className={styles.groupTitle}>{label}</h2>
            <ul>
              {members.map(({ id: section, icon: Icon, title }) => (
                <li key={section}>
                  <Link
                    to={settingsHref(section)}
                    className={styles.entry}
                    aria-current={section === current ? "page" : undefined}
                  >
                    <Icon aria-hidden="true" />
                    {i18n._(title)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
