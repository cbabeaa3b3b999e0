/** Limits under the headings of their subjects, and beside them a list of the subjects to go to. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { SettingLevel } from "@/api";
import { LimitField } from "./LimitField";
import styles from "./Limits.module.css";
import type { Subject } from "./subjects";
import type { Limits } from "./useLimits";

export type LimitSectionsProps = {
  level: SettingLevel;
  /** A part of a page that has a heading of its own over it. */
  isNarrow: boolean | undefined;
  subjects: readonly Subject[];
  limits: Limits;
  sought: readonly string[];
};

export function LimitSections({ level, isNarrow, subjects, limits, sought }: LimitSectionsProps) {
  const { t } = useLingui();
  const id = useId();
  const Title = isNarrow ? "h3" : "h2";
  const go = (place: number) => {
    const heading = document.getElementById(`${id}-${place}`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  };
  return (
    <div className={styles.columns}>
      <div className={styles.sections}>
        {subjects.map(({ title, settings, differing }, place) => (
          <section key={title} className={styles.section} aria-labelledby={`${id}-${place}`}>
            <div className={styles.head}>
              <Title className={styles.title} id={`${id}-${place}`} tabIndex={-1}>
                {title}
              </Title>
              {differing > 0 && (
                <p className={styles.differing}>
                  <Differing level={level} count={differing} />
                </p>
              )}
            </div>
            <div className={styles.settings}>
              {settings.map((setting) => (
                <LimitField key={setting.key} setting={setting} limits={limits} sought={sought} />
              ))}
            </div>
          </section>
        ))}
      </div>
      <nav className={styles.contents} aria-label={t`Subjects`}>
        <p className={styles.contentsTitle}>
          <Trans>Subjects</Trans>
        </p>
        <ul>
          {subjects.map(({ title, differing }, place) => (
            <li key={title}>
              <button type="button" className={styles.goTo} onClick={() => go(place)}>
                {title}
                {differing > 0 && (
                  <span className={styles.count}>
                    {differing}
                    <span className="visually-hidden">
                      {" "}
                      <Plural value={differing} one="differs" other="differ" />
                    </span>
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

function Differing({ level, count }: { level: SettingLevel; count: number }) {
  return level === "SYSTEM" ? (
    <Plural value={count} one="# differs from the default" other="# differ from the default" />
  ) : (
    <Plural value={count} one="# differs from what is inherited" other="# differ from what is inherited" />
  );
}
