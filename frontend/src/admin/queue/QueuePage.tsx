/** Accepted messages on their way: which wait, for what, and what is to be done about them. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { MailCheck, SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { SpoolState } from "@/api";
import { adminHref, navigate, usePlace } from "@/app";
import { Empty, Field, Select } from "@/ui";
import styles from "../Admin.module.css";
import { QueueQuery } from "../documents";
import { Loaded } from "../shared/Loaded";
import { PageHead } from "../shared/PageHead";
import { Pager } from "../shared/TableTools";
import { useAdminQuery } from "../shared/useAdminQuery";
import { PAGE_SIZE, usePages } from "../shared/usePages";
import { filtersOf, type QueueFilters, queuePath } from "./filters";
import queue from "./Queue.module.css";
import { QueueActs } from "./QueueActs";
import { QueueTable } from "./QueueTable";

const EVERY_MS = 10_000;

export function QueuePage() {
  const { t } = useLingui();
  const { address } = usePlace();
  const filters = filtersOf(address.search);
  const { search, domain, state } = useDeferredValue(filters);
  const pages = usePages(queuePath(filters));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
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
  const isFiltered = queuePath(filters) !== "queue";
  return (
    <>
      <PageHead title={t`Queue`} />
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ spool }) => {
          if (spool === null) return null;
          const rows = spool.edges.map(({ node }) => node);
          const marked = rows.filter(({ id }) => chosen.has(id));
          return (
            <>
              <div className={queue.bar}>
                <span className={queue.count} aria-live="polite">
                  {marked.length > 0 ? (
                    <Plural value={marked.length} one="# chosen" other="# chosen" />
                  ) : (
                    <Plural value={spool.totalCount} one="# message" other="# messages" />
                  )}
                </span>
                <QueueActs messages={marked} onDone={() => setChosen(new Set())} />
              </div>
              <QueueTable
                rows={rows}
                chosen={chosen}
                onChoose={setChosen}
                empty={isFiltered ? <NothingFound /> : <NothingWaits />}
              />
              <Pager pages={pages} total={spool.totalCount} info={spool.pageInfo} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Filters({ filters }: { filters: QueueFilters }) {
  const { t } = useLingui();
  const set = (change: Partial<QueueFilters>) =>
    navigate(adminHref(queuePath({ ...filters, ...change })), { replace: true });
  const states: { value: SpoolState | ""; label: string }[] = [
    { value: "", label: t`On their way` },
    { value: "QUEUED", label: t`Waiting` },
    { value: "HELD", label: t`Held` },
    { value: "DELIVERED", label: t`Delivered` },
    { value: "FAILED", label: t`Failed` },
    { value: "DROPPED", label: t`Dropped` },
  ];
  return (
    <search className={styles.tools}>
      <Field
        label={t`Sender, subject or recipient`}
        hideLabel
        type="search"
        placeholder={t`Sender, subject or recipient`}
        size={1}
        className={queue.search}
        value={filters.search}
        onChange={(event) => set({ search: event.target.value })}
      />
      <Field
        label={t`Domain of a recipient`}
        hideLabel
        placeholder={t`To a domain`}
        size={1}
        className={queue.domain}
        autoCapitalize="none"
        spellCheck={false}
        value={filters.domain}
        onChange={(event) => set({ domain: event.target.value })}
      />
      <Select
        label={t`State`}
        hideLabel
        className={queue.state}
        options={states}
        value={filters.state ?? ""}
        onChange={(value) => set({ state: states.find((one) => one.value === value)?.value || undefined })}
      />
    </search>
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
