/** The open message with its conversation, and the acts on it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Forward, MailOpen, Reply, ReplyAll } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isApiError } from "@/api";
import { compose, ErrorPage, prepareCompose, usePreferences } from "@/app";
import { Button, Empty, onDemand, Skeleton } from "@/ui";
import { markOpened } from "../acts";
import type { ListActs } from "../list/ListPane";
import { mailStore, useDetail, useRow } from "../mailStore";
import { subjectOf } from "../names";
import { useIsOffline } from "../offline/useOffline";
import type { MessageDetail, Row } from "../store/types";
import { Conversation } from "./Conversation";
import { DraftButton } from "./DraftButton";
import styles from "./ReadingPane.module.css";
import { ReadingToolbar } from "./ReadingToolbar";
import type { SourceView } from "./SourceDialog";
import { Subject } from "./Subject";
import { TimerBar } from "./TimerBar";

const SourceDialog = onDemand(async () => (await import("./SourceDialog")).SourceDialog);

export type ReadingPaneProps = {
  messageId: string | undefined;
  acts: ListActs & { markUnread: () => void; filter: () => void };
  /** Opens the tags to choose from for these messages. */
  onTag: (ids: readonly string[]) => void;
  onBack: () => void;
};

export function ReadingPane({ messageId, acts, onTag, onBack }: ReadingPaneProps) {
  const row = useRow(messageId);
  const detail = useDetail(messageId);
  const [failure, setFailure] = useState<{ id: string; error: Error }>();
  const [attempt, setAttempt] = useState(0);
  const [source, setSource] = useState<{ id: string; view: SourceView }>();
  const { conversations, separateMailboxes } = usePreferences();

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

  // What could not be had without a connection comes by itself once there is one.
  const isOffline = useIsOffline();
  useEffect(() => {
    const error = failure?.error;
    if (isOffline || !(isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT"))) return;
    setFailure(undefined);
    setAttempt((before) => before + 1);
  }, [isOffline, failure]);

  if (messageId === undefined) return <NothingOpen />;
  const error = failure?.id === messageId ? failure.error : undefined;
  if (error !== undefined && detail === undefined) {
    return (
      <section className={styles.pane}>
        {error.message === "gone" || isApiError(error, "NOT_FOUND") ? (
          <Empty
            isPage
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
  const isJoined = conversations && !separateMailboxes.includes(shown?.mailboxId ?? "");
  return (
    <section className={styles.pane}>
      {shown !== undefined && (
        <ReadingToolbar
          row={shown}
          others={isJoined ? (detail?.thread ?? []) : []}
          acts={acts}
          isJunk={isJunk}
          onBack={onBack}
          onSource={(view) => setSource({ id: messageId, view })}
        />
      )}
      <Article
        key={`${messageId} ${isJoined}`}
        row={shown}
        detail={detail}
        isJoined={isJoined}
        onSource={(id) => setSource({ id, view: "origin" })}
        onTag={onTag}
        onGone={() => setFailure({ id: messageId, error: new Error("gone") })}
        onBack={onBack}
      />
      {source !== undefined && (
        <SourceDialog id={source.id} view={source.view} onClose={() => setSource(undefined)} />
      )}
    </section>
  );
}

type ArticleProps = {
  row: Row | undefined;
  detail: MessageDetail | undefined;
  isJoined: boolean;
  onSource: (id: string) => void;
  onTag: (ids: readonly string[]) => void;
  onGone: () => void;
  onBack: () => void;
};

function Article({ row, detail, isJoined, onSource, onTag, onGone, onBack }: ArticleProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isScheduled = row?.timer?.kind === "SEND";
  return (
    <div className={styles.scroller} ref={scroller}>
      <article className={styles.article}>
        {detail === undefined ? (
          <>
            <Subject text={row === undefined ? <Skeleton width="60%" height="28px" /> : subjectOf(row)} />
            <WaitingBody />
          </>
        ) : (
          <>
            {row !== undefined && <TimerBar row={row} onGone={onBack} />}
            <Conversation
              row={row ?? detail.row}
              detail={detail}
              others={isJoined ? detail.thread : []}
              onSource={onSource}
              onTag={onTag}
              onGone={onGone}
            />
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

function AnswerButtons({ id }: { id: string }) {
  return (
    <footer className={styles.answers} onPointerEnter={prepareCompose}>
      <Button icon={<Reply />} onClick={(event) => void compose({ kind: "reply", messageId: id }, event)}>
        <Trans>Reply</Trans>
      </Button>
      <Button
        icon={<ReplyAll />}
        onClick={(event) => void compose({ kind: "replyAll", messageId: id }, event)}
      >
        <Trans>Reply all</Trans>
      </Button>
      <Button icon={<Forward />} onClick={(event) => void compose({ kind: "forward", messageId: id }, event)}>
        <Trans>Forward</Trans>
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
