/** What waits for a moderator: posts, and people who would like to be on the list. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import { fullTime, relativeTime } from "@/lib/dates";
import { Button, type Column, Empty, Table, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { Pager } from "../shared/TableTools";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { usePages } from "../shared/usePages";
import {
  DecideRequestsMutation,
  type HeldPost,
  HeldPostsQuery,
  type MailingList,
  type Request,
  RequestsQuery,
} from "./documents";
import { HeldPostDialog } from "./HeldPostDialog";
import own from "./Lists.module.css";

const EVERY_MS = 30_000;

export function WaitingPart({ list }: { list: MailingList }) {
  return (
    <div className={styles.part}>
      <Posts list={list} />
      <Requests list={list} />
    </div>
  );
}

function Posts({ list }: { list: MailingList }) {
  const { t } = useLingui();
  const pages = usePages(list.id);
  const { first, after } = pages.variables;
  const [reading, setReading] = useState<HeldPost>();
  const query = useAdminQuery("held posts", HeldPostsQuery, { listId: list.id, first, after }, EVERY_MS);
  const columns: Column<HeldPost>[] = [
    {
      id: "post",
      header: t`Post`,
      isRowHeader: true,
      cell: (post) => (
        <span className={own.lines}>
          <span className={own.subject}>
            <Button variant="link" onClick={() => setReading(post)}>
              {post.subject === "" ? t`(no subject)` : post.subject}
            </Button>
          </span>
          <span className={own.line}>{post.author}</span>
          <span className={own.line}>{post.reason}</span>
        </span>
      ),
    },
    {
      id: "held",
      header: t`Since`,
      optional: true,
      width: "150px",
      cell: ({ heldAt }) => <span title={fullTime(heldAt)}>{relativeTime(heldAt)}</span>,
    },
  ];
  return (
    <>
      <Loaded query={query}>
        {({ heldListPosts }) => (
          <>
            <Table
              caption={t`Posts that wait`}
              columns={columns}
              rows={heldListPosts.edges.map(({ node }) => node)}
              rowKey={({ id }) => id}
              empty={<Empty title={<Trans>No post waits for you</Trans>} />}
            />
            <Pager pages={pages} total={heldListPosts.totalCount} info={heldListPosts.pageInfo} />
          </>
        )}
      </Loaded>
      {reading !== undefined && (
        <HeldPostDialog list={list} post={reading} onClose={() => setReading(undefined)} />
      )}
    </>
  );
}

function Requests({ list }: { list: MailingList }) {
  const { t } = useLingui();
  const query = useAdminQuery("list requests", RequestsQuery, { listId: list.id }, EVERY_MS);
  const columns: Column<Request>[] = [
    { id: "address", header: t`Would like to join`, isRowHeader: true, cell: ({ address }) => address },
    {
      id: "since",
      header: t`Since`,
      optional: true,
      width: "150px",
      cell: ({ createdAt }) => relativeTime(createdAt),
    },
    {
      id: "acts",
      header: <span className="visually-hidden">{t`Decide`}</span>,
      align: "end",
      cell: (one) => <RequestActs list={list} one={one} />,
    },
  ];
  return (
    <Loaded query={query}>
      {({ listRequests }) =>
        listRequests.length > 0 && (
          <Table
            caption={t`People who would like to join`}
            columns={columns}
            rows={listRequests}
            rowKey={({ id }) => id}
          />
        )
      }
    </Loaded>
  );
}

function RequestActs({ list, one: { id, address } }: { list: MailingList; one: Request }) {
  const { t } = useLingui();
  const { act, isPending } = useAct();

  async function decide(isGranted: boolean) {
    await act(async () => {
      try {
        await request(DecideRequestsMutation, { listId: list.id, ids: [id], isGranted });
        toast({ text: isGranted ? t`${address} is on the list` : t`${address} was turned down` });
      } catch (error) {
        toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
      }
    });
  }
  return (
    <span className={own.acts}>
      <Button size="s" icon={<Check />} disabled={isPending} onClick={() => void decide(true)}>
        <Trans>Let in</Trans>
      </Button>
      <Button size="s" variant="quiet" icon={<X />} disabled={isPending} onClick={() => void decide(false)}>
        <Trans>Turn down</Trans>
      </Button>
    </span>
  );
}
