/** Search, the list's title or the actions on selected rows (in the same place and height), and the list. */

import { useLingui } from "@lingui/react/macro";
import { lazy, type RefObject, Suspense, useEffect, useState } from "react";
import { whenIdle } from "@/app";

import type { MailLocation } from "../location";
import { useView } from "../mailStore";
import { mailboxName } from "../names";
import { useSelection } from "../selection";
import type { Sort, Source } from "../store/types";
import type { ActsOn, MailActs } from "../useMailActs";
import { ListHeader } from "./ListHeader";
import styles from "./ListPane.module.css";
import { MessageList } from "./MessageList";
import { SearchBox } from "./SearchBox";

const SearchChips = lazy(() => import("../search").then((module) => ({ default: module.SearchChips })));

const loadActionBar = () => import("./ActionBar");
const ActionBar = lazy(() => loadActionBar().then((module) => ({ default: module.ActionBar })));

/** What the page offers to do with what is selected or open. */
export type ListActs = MailActs;

export type ListPaneProps = {
  place: MailLocation & { source: Source };
  onOpen: (id: string) => void;
  acts: MailActs;
  on: ActsOn;
  onFolders: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
};

export function ListPane({ place, onOpen, acts, on, onFolders, searchRef }: ListPaneProps) {
  const { t } = useLingui();
  const { ids, isAll, isExtending } = useSelection();
  const { mailbox, query, source, choice } = place;
  useEffect(() => whenIdle(() => void loadActionBar()), []);
  const title = query === undefined ? (mailbox ? mailboxName(mailbox) : "") : t`Search`;
  return (
    <section className={styles.pane} aria-label={title}>
      <div>
        <SearchBox ref={searchRef} query={query} onSearch={place.search} onLeave={() => undefined} />
        {query !== undefined && (
          <Suspense fallback={null}>
            <Chips query={query} source={source} sort={choice.sort} onSearch={place.search} />
          </Suspense>
        )}
      </div>
      {ids.size > 0 || isAll || isExtending ? (
        <Suspense fallback={<div className={styles.header} />}>
          <ActionBar
            title={title}
            count={ids.size}
            source={source}
            sort={choice.sort}
            acts={acts}
            isJunk={mailbox?.specialUse === "JUNK"}
            isScheduled={mailbox?.specialUse === "SCHEDULED"}
            isReading={place.messageId !== undefined}
          />
        </Suspense>
      ) : (
        <ListHeader title={title} place={place} onFolders={onFolders} />
      )}
      <MessageList
        label={title}
        source={source}
        sort={choice.sort}
        mailbox={mailbox}
        openId={place.messageId}
        on={on}
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
  return <SearchChips query={shown.query} newest={query} terms={shown.terms} onSearch={onSearch} />;
}
