/** Title of a page, what is to be known at once, and its acts. */
import type { ReactNode } from "react";
import { useTitle } from "@/app";
import styles from "../Admin.module.css";

export type PageHeadProps = {
  title: string;
  /** Which of its parts is on screen, for the title of the window. */
  part?: string | undefined;
  note?: ReactNode;
  back?: ReactNode;
  children?: ReactNode;
};

export function PageHead({ title, part, note, back, children }: PageHeadProps) {
  useTitle(part === undefined ? title : `${part} – ${title}`);
  return (
    <header className={styles.head}>
      {back}
      <div className={styles.headRow}>
        <h1 className={styles.title}>{title}</h1>
        {note !== undefined && <p className={styles.note}>{note}</p>}
        <span className={styles.space} />
        {children}
      </div>
    </header>
  );
}
