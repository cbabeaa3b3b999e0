/** The open message with its conversation: earlier messages above, newer ones below. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Forward, MailOpen, PencilLine, Reply, ReplyAll } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { isApiError } from "@/api";
import { compose, ErrorPage, prepareCompose } from "@/app";
import { Button, Empty, Skeleton } from "@/ui";
import { markOpened } from "../acts";
import type { ListActs } from "../list/ListPane";
import { mailStore, useDetail, useRow } from "../mailStore";
import { subjectOf } from "../names";
import type { MessageDetail, Row } from "../store/types";
import { DeliveryReports } from "./DeliveryReports";
import { MessageBody } from "./MessageBody";
import { MessageHead } from "./MessageHead";
import styles from "./Reading.module.css";
import { ReadingToolbar } from "./ReadingToolbar";
import { SentDelivery } from "./SentDelivery";
import { ThreadMessage } from "./ThreadMessage";
import { TimerBar } from "./TimerBar";

const HeadersDialog = lazy(() =>
  import("./HeadersDialog").then((module) => ({ default: module.HeadersDialog })),
);
const COLLAPSE_FROM = 3;

export type ReadingPaneProps = {
  messageId: string | undefined;
  acts: ListActs & { markUnread: () => void; filter: () => void };
  onBack: () => void;
};

export function ReadingPane({ messageId, acts, onBack }: ReadingPaneProps) {
  const row = useRow(messageId);
  const detail = useDetail(messageId);
  const [failure, setFailure] = useState<{ id: string; error: Error }>();
  const [attempt, setAttempt] = useState(0);
  const [headersOf, setHeadersOf] = useState<string>();

  useEffect(() => {
    if (messageId === undefined) return;
    let isCurrent = true;
    mailStore.bodies
      .fetch(messageId)
      .then((found) => {
        if (!isCurrent) return;
        if (found === null) setFailure({ id: messageId, error: new Error("gone") });
        else markOpened(mailStore.row(messageId) ?? found.row);
      })
      .catch((problem: unknown) => {
        if (isCurrent)
          setFailure({
            id: messageId,
            error: problem instanceof Error ? problem : new Error(String(problem)),
          });
      });
    return () => {
      isCurrent = false;
    };
  }, [messageId, attempt]);

  if (messageId === undefined) return <NothingOpen />;
  const error = failure?.id === messageId ? failure.error : undefined;
  if (error !== undefined && detail === undefined) {
    return (
      <section className={styles.pane}>
        {error.message === "gone" || isApiError(error, "NOT_FOUND") ? (
          <Empty
            title={<Trans>This message is no longer here.</Trans>}
            action={<Button onClick={onBack}>{<Trans>Back to the list</Trans>}</Button>}
          />
        ) : (
          <ErrorPage
            error={error}
            onRetry={() => {
              setFailure(undefined);
              setAttempt(attempt + 1);
            }}
          />
        )}
      </section>
    );
  }
  const shown = row ?? detail?.row;
  const isJunk = shown !== undefined && mailStore.mailbox(shown.mailboxId)?.specialUse === "JUNK";
  return (
    <section className={styles.pane}>
      {shown !== undefined && (
        <ReadingToolbar
          row={shown}
          acts={acts}
          isJunk={isJunk}
          onBack={onBack}
          onHeaders={() => setHeadersOf(messageId)}
        />
      )}
      <Article key={messageId} row={shown} detail={detail} onBack={onBack} />
      <Suspense fallback={null}>
        {headersOf !== undefined && <HeadersDialog id={headersOf} onClose={() => setHeadersOf(undefined)} />}
      </Suspense>
    </section>
  );
}

type ArticleProps = { row: Row | undefined; detail: MessageDetail | undefined; onBack: () => void };

function Article({ row, detail, onBack }: ArticleProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isScheduled = row?.timer?.kind === "SEND";
  const own = detail?.row.receivedAt ?? "";
  const earlier = detail?.thread.filter((one) => one.id !== detail.id && one.receivedAt <= own) ?? [];
  const later = detail?.thread.filter((one) => one.id !== detail.id && one.receivedAt > own) ?? [];
  return (
    <div className={styles.scroller} ref={scroller}>
      <article className={styles.article}>
        <h1 className={styles.subject}>
          {row === undefined ? <Skeleton width="60%" height="28px" /> : subjectOf(row)}
        </h1>
        {detail === undefined ? (
          <WaitingBody />
        ) : (
          <>
            {row !== undefined && <TimerBar row={row} onGone={onBack} />}
            <Thread rows={earlier} isCollapsible />
            <MessageHead detail={detail} />
            <SentDelivery detail={detail} />
            <DeliveryReports reports={detail.deliveryReports} />
            <MessageBody detail={detail} />
            <Thread rows={later} isCollapsible={false} />
            {isScheduled ? null : detail.row.isDraft ? (
              <DraftButton id={detail.id} />
            ) : (
              <AnswerButtons id={detail.id} />
            )}
          </>
        )}
      </article>
    </div>
  );
}

function Thread({ rows, isCollapsible }: { rows: readonly Row[]; isCollapsible: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (rows.length === 0) return null;
  if (isCollapsible && rows.length >= COLLAPSE_FROM && !isOpen) {
    return (
      <button type="button" className={styles.threadMore} onClick={() => setOpen(true)}>
        <Plural value={rows.length} one="# earlier message" other="# earlier messages" />
      </button>
    );
  }
  return (
    <div className={styles.thread}>
      {rows.map((row) => (
        <ThreadMessage key={row.id} row={row} />
      ))}
    </div>
  );
}

function AnswerButtons({ id }: { id: string }) {
  return (
    <footer className={styles.answers} onPointerEnter={prepareCompose}>
      <Button icon={<Reply />} onClick={() => void compose({ kind: "reply", messageId: id })}>
        <Trans>Reply</Trans>
      </Button>
      <Button icon={<ReplyAll />} onClick={() => void compose({ kind: "replyAll", messageId: id })}>
        <Trans>Reply all</Trans>
      </Button>
      <Button icon={<Forward />} onClick={() => void compose({ kind: "forward", messageId: id })}>
        <Trans>Forward</Trans>
      </Button>
    </footer>
  );
}

function DraftButton({ id }: { id: string }) {
  return (
    <footer className={styles.answers}>
      <Button
        variant="primary"
        icon={<PencilLine />}
        onClick={() => void compose({ kind: "draft", messageId: id })}
      >
        <Trans>Continue writing</Trans>
      </Button>
    </footer>
  );
}

function NothingOpen() {
  const { t } = useLingui();
  return (
    <section className={styles.pane} aria-label={t`Message`} data-empty="">
      <Empty icon={<MailOpen />} title={<Trans>Nothing open.</Trans>} />
    </section>
  );
}

function WaitingBody() {
  const { t } = useLingui();
  return (
    <div className={styles.waitingBody} role="status" aria-label={t`Loading message`}>
      <Skeleton width="45%" height="16px" />
      <Skeleton width="92%" />
      <Skeleton width="88%" />
      <Skeleton width="70%" />
    </div>
  );
}
