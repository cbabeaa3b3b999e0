/** The list's title, how many messages it has, what of them is shown, and the way to change that. */
import { useLingui } from "@lingui/react/macro";
import { ChevronDown, SlidersHorizontal, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useIdle } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { IconButton } from "@/ui";
import type { MailLocation } from "../location";
import { useView } from "../mailStore";
import type { Source } from "../store/types";
import styles from "./ListPane.module.css";

const ListOptions = lazy(() => import("./ListOptions").then((module) => ({ default: module.ListOptions })));

export type ListHeaderProps = {
  title: string;
  place: MailLocation & { source: Source };
  onFolders: () => void;
};

export function ListHeader({ title, place, onFolders }: ListHeaderProps) {
  const { t } = useLingui();
  const { sort, filter } = place.choice;
  const view = useView(place.source, sort);
  const isIdle = useIdle();
  const filterName = {
    UNREAD: t`Unread`,
    STARRED: t`Starred`,
    ATTACHMENTS: t`With attachments`,
    TAGGED: t`Tagged`,
  };
  // What is open beside it has the first heading.
  const Title = place.messageId === undefined ? "h1" : "h2";
  const waiting = (
    <IconButton className={styles.options} label={t`List options`} disabled>
      <SlidersHorizontal />
    </IconButton>
  );
  return (
    <header className={styles.header}>
      <Title className={styles.title}>
        <button
          type="button"
          className={styles.folders}
          onClick={onFolders}
          aria-label={t`${title}, folders`}
        >
          {title}
          <ChevronDown aria-hidden="true" />
        </button>
        <span className={styles.plain}>{title}</span>
      </Title>
      <span className={styles.total}>{view.isLoaded ? formatNumber(view.total) : ""}</span>
      {filter !== undefined && (
        <button
          type="button"
          className={styles.filter}
          aria-label={t`${filterName[filter]}: show all messages`}
          onClick={() => place.arrange({ filter: undefined })}
        >
          {filterName[filter]}
          <X aria-hidden="true" />
        </button>
      )}
      {isIdle ? (
        <Suspense fallback={waiting}>
          <ListOptions place={place} />
        </Suspense>
      ) : (
        waiting
      )}
    </header>
  );
}
