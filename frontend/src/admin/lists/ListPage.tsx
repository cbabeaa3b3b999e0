/** One mailing list: what waits for a moderator, its members, and what it is set to. */
import { Plural, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link, navigate } from "@/app";
import { type Tab, Tabs } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { Missing } from "../shared/Missing";
import { PageHead } from "../shared/PageHead";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type MailingList, MailingListQuery } from "./documents";
import { ListSettings } from "./ListSettings";
import { ListState } from "./ListsTab";
import { MembersPart } from "./MembersPart";
import { type ListPart, listParts } from "./parts";
import { SendersPart } from "./SendersPart";
import { WaitingPart } from "./WaitingPart";

type ListPageProps = {
  id: string;
  part: ListPart | undefined;
  hrefOf: (part?: ListPart) => string;
  back: { href: string; label: ReactNode };
};

export function ListPage({ id, ...rest }: ListPageProps) {
  const { t } = useLingui();
  const query = useAdminQuery("list", MailingListQuery, { id });
  return (
    <Loaded isPage query={query}>
      {({ mailingList }) =>
        mailingList === null ? (
          <Missing title={t`There is no such list`} />
        ) : (
          <ListView list={mailingList} {...rest} />
        )
      }
    </Loaded>
  );
}

function ListView({ list, part, hrefOf, back }: Omit<ListPageProps, "id"> & { list: MailingList }) {
  const { t } = useLingui();
  const isOwner = list.standing === "OWNER" || list.standing === "ADMINISTRATOR";
  const tabs: (Tab & { id: ListPart; label: string })[] = [
    { id: "waiting", label: t`Waiting`, content: <WaitingPart list={list} /> },
    { id: "members", label: t`Members`, content: <MembersPart list={list} canManage={isOwner} /> },
    { id: "senders", label: t`Senders`, content: <SendersPart list={list} /> },
    {
      id: "settings",
      label: t`Settings`,
      content: <ListSettings key={list.id} list={list} onRemoved={() => navigate(back.href)} />,
    },
  ];
  const shown = tabs.filter(({ id }) => isOwner || id === "waiting" || id === "members");
  const current = part ?? (list.heldCount > 0 ? "waiting" : "members");
  return (
    <>
      <PageHead
        title={list.name === "" ? list.address : list.name}
        part={shown.find(({ id }) => id === current)?.label}
        note={
          <>
            {list.name !== "" && <>{list.address}, </>}
            <Plural value={list.memberCount} one="# member" other="# members" />
          </>
        }
        back={
          <Link isBack to={back.href} className={styles.back}>
            <ChevronLeft aria-hidden="true" />
            {back.label}
          </Link>
        }
      >
        <ListState list={list} />
      </PageHead>
      <Tabs
        label={t`Parts of the list`}
        selected={current}
        onSelect={(next) => navigate(hrefOf(listParts.find((one) => one === next)))}
        tabs={shown}
      />
    </>
  );
}
