/** Accepted messages on their way: which wait, for what, and what is to be done about them. */
import { Plural, Trans } from "@lingui/react/macro";
import { MailCheck, SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { usePlace } from "@/app";
import { Button, Empty } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { Pager } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { PAGE_SIZE, usePages } from "../shared/usePages";
import { countText, MOST_COUNTED } from "./count";
import { QueueQuery } from "./documents";
import { Filters } from "./Filters";
import { filtersOf, queuePath } from "./filters";
import queue from "./Queue.module.css";
import { QueueActs } from "./QueueActs";
import { QueueTable } from "./QueueTable";
import { useActOnAll } from "./useActOnAll";
import { Working } from "./Working";

const EVERY_MS = 10_000;

export function MessagesTab() {
  const { address } = usePlace();
  const filters = filtersOf(address.search);
  const path = queuePath(filters);
  const { search, domain, state } = useDeferredValue(filters);
  const pages = usePages(path);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** The filters of which everything is chosen. */
  const [allOf, setAllOf] = useState<string>();
  const { progress, run, stop } = useActOnAll();
  const query = useAdminQuery(
    "queue",
    QueueQuery,
    {
      first: PAGE_SIZE,
      after: pages.variables.after,
      search: search.trim() || null,
      domain: domain.trim() || null,
      state: state ?? null,
    },
    EVERY_MS,
  );
  const choose = (ids: ReadonlySet<string>) => {
    setChosen(ids);
    setAllOf(undefined);
  };
  return (
    <div className={styles.part}>
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ spool }) => {
          if (spool === null) return null;
          const { totalCount } = spool;
          const rows = spool.edges.map(({ node }) => node);
          const marked = rows.filter(({ id }) => chosen.has(id));
          const isAll = allOf === path && marked.length > 0;
          const couldBeAll = rows.length > 0 && marked.length === rows.length && totalCount > rows.length;
          const total = countText(totalCount);
          const matching = <Total count={totalCount} />;
          return (
            <>
              <div className={queue.bar}>
                {progress === undefined ? (
                  <span className={queue.count} aria-live="polite">
                    {isAll ? (
                      <Trans>All {total} chosen</Trans>
                    ) : marked.length > 0 ? (
                      <Plural value={marked.length} one="# chosen" other="# chosen" />
                    ) : (
                      matching
                    )}
                    {couldBeAll && !isAll && (
                      <Button variant="link" size="s" onClick={() => setAllOf(path)}>
                        <Trans>Choose all {total}</Trans>
                      </Button>
                    )}
                  </span>
                ) : (
                  <Working progress={progress} total={totalCount} onStop={stop} />
                )}
                <QueueActs
                  messages={marked}
                  onDone={() => choose(new Set())}
                  all={
                    isAll || progress !== undefined
                      ? {
                          count: matching,
                          isPending: progress !== undefined,
                          run: (verb, to) => void run(verb, filters, to).then(() => choose(new Set())),
                        }
                      : undefined
                  }
                />
              </div>
              <QueueTable
                rows={rows}
                chosen={chosen}
                onChoose={choose}
                empty={path === "queue" ? <NothingWaits /> : <NothingFound />}
              />
              <Pager pages={pages} total={totalCount} all={total} info={spool.pageInfo} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Total({ count }: { count: number }) {
  const total = countText(count);
  return count > MOST_COUNTED ? (
    <Trans>{total} messages</Trans>
  ) : (
    <Plural value={count} one="# message" other="# messages" />
  );
}

function NothingWaits() {
  return (
    <Empty icon={<MailCheck />} title={<Trans>Nothing waits. Everything is delivered.</Trans>}>
      <p>
        <Trans>What was accepted here and not delivered yet stands in this list.</Trans>
      </p>
    </Empty>
  );
}

function NothingFound() {
  return (
    <Empty icon={<SearchX />} title={<Trans>No such message.</Trans>}>
      <p>
        <Trans>Messages that are finished are kept for 30 days.</Trans>
      </p>
    </Empty>
  );
}
