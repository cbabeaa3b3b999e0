/** Mailing lists that somebody owns or moderates, for people who administer nothing else. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, listsHref } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { type Column, Empty, Table } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { Missing } from "../shared/Missing";
import { PageHead } from "../shared/PageHead";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type MailingList, ModeratedListsQuery } from "./documents";
import { ListPage } from "./ListPage";
import own from "./Lists.module.css";
import { ListState } from "./ListsTab";
import { listParts } from "./parts";
import { useListWords } from "./useListWords";

export function ModeratedListsPage({ path }: { path: string }) {
  const { t } = useLingui();
  return (
    <div className={own.page} role="region" aria-label={t`Mailing lists`}>
      <div className={own.inner}>
        <Place path={path} />
      </div>
    </div>
  );
}

function Place({ path }: { path: string }) {
  const { t } = useLingui();
  const [id, part, ...more] = path.split("/");
  const known = listParts.find((one) => one === part);
  if (path === "") return <ModeratedLists />;
  const isUnknown = more.length > 0 || (part !== undefined && known === undefined);
  if (isUnknown || id === undefined || !/^\d{1,19}$/.test(id)) {
    return <Missing title={t`There is no such page`} />;
  }
  return (
    <ListPage
      key={id}
      id={id}
      part={known}
      hrefOf={(next) => listsHref(next === undefined ? id : `${id}/${next}`)}
      back={{ href: listsHref(), label: <Trans>Lists</Trans> }}
    />
  );
}

function ModeratedLists() {
  const { t } = useLingui();
  const words = useListWords();
  const query = useAdminQuery("moderated lists", ModeratedListsQuery, {}, 60_000);
  const columns: Column<MailingList>[] = [
    {
      id: "list",
      header: t`List`,
      isRowHeader: true,
      cell: (list) => (
        <span className={own.lines}>
          <Link to={listsHref(list.id)}>{list.name === "" ? list.address : list.name}</Link>
          {list.name !== "" && <span className={own.line}>{list.address}</span>}
        </span>
      ),
    },
    {
      id: "role",
      header: t`You are`,
      optional: true,
      cell: ({ standing }) => (standing === null ? "" : words.role[standing]),
    },
    {
      id: "members",
      header: t`Members`,
      align: "end",
      width: "90px",
      cell: ({ memberCount }) => formatNumber(memberCount),
    },
    { id: "state", header: t`State`, width: "136px", cell: (list) => <ListState list={list} /> },
  ];
  return (
    <>
      <PageHead title={t`Mailing lists`} />
      <Loaded query={query}>
        {({ moderatedLists }) => (
          <Table
            caption={t`Lists you look after`}
            columns={columns}
            rows={moderatedLists}
            rowKey={({ id }) => id}
            empty={<Empty title={<Trans>You look after no list</Trans>} />}
          />
        )}
      </Loaded>
    </>
  );
}
