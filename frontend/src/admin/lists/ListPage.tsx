/** One mailing list: what waits for a moderator, its members, and what it is set to. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link, navigate } from "@/app";
import { Empty, type Tab, Tabs } from "@/ui";
import styles from "../Admin.module.css";
import { Loaded } from "../shared/Loaded";
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
  const query = useAdminQuery("list", MailingListQuery, { id });
  return (
    <Loaded query={query}>
      {({ mailingList }) =>
        mailingList === null ? (
          <Empty isPage title={<Trans>There is no such list</Trans>} />
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
  const tabs: (Tab & { id: ListPart })[] = [
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
  return (
    <>
      <PageHead
        title={list.name === "" ? list.address : list.name}
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
        selected={part ?? (list.heldCount > 0 ? "waiting" : "members")}
        onSelect={(next) => navigate(hrefOf(listParts.find((one) => one === next)))}
        tabs={shown}
      />
    </>
  );
}
