/** Search, the list's title or the actions on selected rows (in the same place and height), and the list. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import {
  Archive,
  ArrowDownNarrowWide,
  ArrowUpNarrowWide,
  BellOff,
  ChevronDown,
  Clock,
  Ellipsis,
  FolderInput,
  MailOpen,
  Rows2,
  Rows3,
  Rows4,
  ShieldAlert,
  SlidersHorizontal,
  Star,
  Trash2,
  X,
} from "lucide-react";
import { lazy, type RefObject, Suspense, useState } from "react";
import { setPreference, usePreferences } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { IconButton, Menu } from "@/ui";
import type { MailLocation } from "../location";
import { useView } from "../mailStore";
import { mailboxName } from "../names";
import { selection, useSelection } from "../selection";
import type { Sort, Source } from "../store/types";
import styles from "./ListPane.module.css";
import { MessageList } from "./MessageList";
import { SearchBox } from "./SearchBox";

const SearchChips = lazy(() => import("../search").then((module) => ({ default: module.SearchChips })));

export type ListActs = {
  archive: () => void;
  trash: () => void;
  junk: () => void;
  toggleStar: () => void;
  toggleRead: () => void;
  move: () => void;
  snooze: () => void;
  toggleMuted: () => void;
};

export type ListPaneProps = {
  place: MailLocation & { source: Source };
  sort: Sort;
  onSort: (sort: Sort) => void;
  onOpen: (id: string) => void;
  acts: ListActs;
  onFolders: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
};

export function ListPane({ place, sort, onSort, onOpen, acts, onFolders, searchRef }: ListPaneProps) {
  const { t } = useLingui();
  const { ids, isAll } = useSelection();
  const { mailbox, query, source } = place;
  const title = query === undefined ? (mailbox ? mailboxName(mailbox) : "") : t`Search`;
  return (
    <section className={styles.pane} aria-label={title}>
      <div>
        <SearchBox ref={searchRef} query={query} onSearch={place.search} onLeave={() => undefined} />
        {query !== undefined && (
          <Suspense fallback={null}>
            <Chips query={query} source={source} sort={sort} onSearch={place.search} />
          </Suspense>
        )}
      </div>
      {ids.size > 0 || isAll ? (
        <ActionBar
          title={title}
          count={ids.size}
          source={source}
          sort={sort}
          acts={acts}
          isJunk={mailbox?.specialUse === "JUNK"}
        />
      ) : (
        <ListHeader title={title} source={source} sort={sort} onSort={onSort} onFolders={onFolders} />
      )}
      <MessageList
        label={title}
        source={source}
        sort={sort}
        mailbox={mailbox}
        openId={place.messageId}
        onOpen={onOpen}
      />
    </section>
  );
}

type ChipsProps = { query: string; source: Source; sort: Sort; onSearch: (query: string) => void };

/** The parts of the search; those of the last answer stay while the next is on its way. */
function Chips({ query, source, sort, onSearch }: ChipsProps) {
  const { isLoaded, terms } = useView(source, sort);
  const [shown, setShown] = useState({ query, terms });
  if (isLoaded && shown.terms !== terms) setShown({ query, terms });
  return <SearchChips query={shown.query} terms={shown.terms} onSearch={onSearch} />;
}

type HeaderProps = {
  title: string;
  source: Source;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onFolders: () => void;
};

function ListHeader({ title, source, sort, onSort, onFolders }: HeaderProps) {
  const { t } = useLingui();
  const { density } = usePreferences();
  const view = useView(source, sort);
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>
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
      </h1>
      <span className={styles.total}>{view.isLoaded ? formatNumber(view.total) : ""}</span>
      <Menu
        label={t`List options`}
        placement="bottom end"
        groups={[
          {
            id: "sort",
            label: t`Sort`,
            selected: sort,
            items: [
              {
                id: "DATE_DESC",
                label: t`Newest first`,
                icon: <ArrowDownNarrowWide />,
                onAction: () => onSort("DATE_DESC"),
              },
              {
                id: "DATE_ASC",
                label: t`Oldest first`,
                icon: <ArrowUpNarrowWide />,
                onAction: () => onSort("DATE_ASC"),
              },
            ],
          },
          {
            id: "density",
            label: t`Density`,
            selected: density,
            items: [
              {
                id: "compact",
                label: t`Compact`,
                icon: <Rows4 />,
                onAction: () => setPreference("density", "compact"),
              },
              {
                id: "cosy",
                label: t`Cosy`,
                icon: <Rows3 />,
                onAction: () => setPreference("density", "cosy"),
              },
              {
                id: "roomy",
                label: t`Roomy`,
                icon: <Rows2 />,
                onAction: () => setPreference("density", "roomy"),
              },
            ],
          },
        ]}
        trigger={(props) => (
          <IconButton {...props} className={styles.options} label={t`List options`}>
            <SlidersHorizontal />
          </IconButton>
        )}
      />
    </header>
  );
}

type ActionBarProps = {
  title: string;
  count: number;
  source: Source;
  sort: Sort;
  acts: ListActs;
  isJunk: boolean;
};

function ActionBar({ title, count, source, sort, acts, isJunk }: ActionBarProps) {
  const { t } = useLingui();
  const view = useView(source, sort);
  const { isAll } = useSelection();
  const total = formatNumber(view.total);
  return (
    <div className={styles.header} role="toolbar" aria-label={t`Selected messages`}>
      <h1 className="visually-hidden">{title}</h1>
      <IconButton label={t`Clear selection`} shortcut="Esc" onClick={() => selection.clear()}>
        <X />
      </IconButton>
      <span className={styles.selected} aria-live="polite">
        {isAll ? <Trans>All {total}</Trans> : <Plural value={count} one="# selected" other="# selected" />}
      </span>
      {!isAll && count < view.total && (
        <button
          type="button"
          className={styles.all}
          aria-label={t`Select all ${total} messages`}
          onClick={() => selection.selectAll()}
        >
          <Trans>All {total}</Trans>
        </button>
      )}
      <span className={styles.space} />
      <IconButton label={t`Archive`} shortcut="e" onClick={acts.archive}>
        <Archive />
      </IconButton>
      <IconButton label={t`Delete`} shortcut="#" onClick={acts.trash}>
        <Trash2 />
      </IconButton>
      <IconButton label={t`Move to`} shortcut="v" onClick={acts.move}>
        <FolderInput />
      </IconButton>
      <IconButton label={t`Snooze`} shortcut="b" onClick={acts.snooze}>
        <Clock />
      </IconButton>
      <Menu
        label={t`More`}
        placement="bottom end"
        groups={[
          {
            id: "more",
            items: [
              { id: "read", label: t`Read or unread`, icon: <MailOpen />, onAction: acts.toggleRead },
              { id: "mute", label: t`Mute`, icon: <BellOff />, shortcut: "m", onAction: acts.toggleMuted },
              { id: "star", label: t`Star`, icon: <Star />, shortcut: "s", onAction: acts.toggleStar },
              {
                id: "junk",
                label: isJunk ? t`Not junk` : t`Junk`,
                icon: <ShieldAlert />,
                shortcut: "!",
                onAction: acts.junk,
              },
            ],
          },
        ]}
        trigger={(props) => (
          <IconButton {...props} label={t`More`}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </div>
  );
}
