/** Above a table: search and what can be added. Below: which rows these are, and the others. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { formatNumber } from "@/lib/numbers";
import { Button, Field } from "@/ui";
import styles from "../Admin.module.css";
import { PAGE_SIZE, type Pages } from "./usePages";

export function TableTools({
  pages,
  label,
  children,
}: {
  pages: Pages;
  label: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles.tools}>
      <Field
        label={label}
        hideLabel
        type="search"
        placeholder={label}
        className={styles.search}
        value={pages.text}
        onChange={(event) => pages.setText(event.target.value)}
      />
      <span className={styles.space} />
      {children}
    </div>
  );
}

type PagerProps = {
  pages: Pages;
  total: number;
  /** The total in words, where it is not counted to the end. */
  all?: string;
  info: { hasNextPage: boolean; endCursor: string | null };
};

export function Pager({ pages, total, all = formatNumber(total), info }: PagerProps) {
  const { t } = useLingui();
  if (total <= PAGE_SIZE && pages.index === 0) return null;
  const first = formatNumber(pages.index * PAGE_SIZE + 1);
  const last = formatNumber(info.hasNextPage ? (pages.index + 1) * PAGE_SIZE : total);
  return (
    <nav className={styles.pager} aria-label={t`Pages`}>
      <span>
        <Trans>
          {first} to {last} of {all}
        </Trans>
      </span>
      <Button size="s" disabled={pages.index === 0} onClick={pages.previous}>
        <Trans>Previous</Trans>
      </Button>
      <Button size="s" disabled={!info.hasNextPage} onClick={() => pages.next(info.endCursor)}>
        <Trans>Next</Trans>
      </Button>
    </nav>
  );
}
