/** The open message among the others of its conversation; each opens in place, old ones are folded into a line. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCommands, useKeys, usePreferences } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { IconButton, toast } from "@/ui";
import { subjectOf } from "../names";
import type { MessageDetail, Row } from "../store/types";
import { Arrived } from "./Arrived";
import styles from "./Conversation.module.css";
import { foldable, inOrder, MOST_OPEN } from "./conversation";
import { MessageHeading } from "./MessageHeading";
import { MessageView } from "./MessageView";
import { Subject } from "./Subject";
import { scrollToTop, sectionsOf } from "./scrolling";
import { ThreadMessage } from "./ThreadMessage";
import { useLiveConversation } from "./useLiveConversation";
import { useOpened } from "./useOpened";

export type ConversationProps = {
  row: Row;
  detail: MessageDetail;
  /** Without the others where conversations are turned off. */
  others: readonly Row[];
  onSource: (id: string) => void;
  onTag: (ids: readonly string[]) => void;
  /** The open message is no more. */
  onGone: () => void;
};

export function Conversation({ row, detail, others, onSource, onTag, onGone }: ConversationProps) {
  const { t } = useLingui();
  const keys = useKeys();
  const { conversationOrder: order } = usePreferences();
  const [isUnfolded, setUnfolded] = useState(false);
  const [met, setMet] = useState<ReadonlySet<string>>(() => new Set(others.map(({ id }) => id)));
  const place = useRef<HTMLDivElement>(null);
  useLiveConversation(row.id, place, onGone);
  const rows = inOrder(row, others, order);
  const { opened, areAllOpen, toggle, openAll: openEach } = useOpened(row, others, rows);
  const folded = isUnfolded ? new Set<string>() : foldable(rows, row.id, opened, order);
  const arrived = rows.filter(({ id, isSeen }) => id !== row.id && !isSeen && !met.has(id));
  const firstFolded = rows.find(({ id }) => folded.has(id))?.id;

  // What was opened is what one wants to see, not the beginning of a long conversation.
  useEffect(() => {
    const sections = sectionsOf(place.current);
    const own = sections.find((section) => section.dataset.own !== undefined);
    if (own !== undefined && sections[0] !== own) scrollToTop(own);
  }, []);

  function meet(id: string) {
    setMet((before) => new Set([...before, id]));
  }
  function openAll(on: boolean) {
    setUnfolded(on);
    openEach(on);
    const most = formatNumber(MOST_OPEN);
    if (on && rows.length > MOST_OPEN)
      toast({ text: t`The newest ${most} messages are opened; the others one by one.` });
  }
  function step(by: number) {
    const sections = sectionsOf(place.current);
    const current = sections.findIndex((section) => section.contains(document.activeElement));
    const own = sections.findIndex((section) => section.dataset.own !== undefined);
    const next = sections[Math.min(sections.length - 1, Math.max(0, (current < 0 ? own : current) + by))];
    if (next === undefined) return;
    next.focus({ preventScroll: true });
    scrollToTop(next);
  }

  const group = t`Conversation`;
  const isConversation = rows.length > 1;
  useCommands([
    {
      id: "conversation-next",
      label: t`Next message of the conversation`,
      group,
      keys: ["n"],
      isEnabled: isConversation,
      run: () => step(1),
    },
    {
      id: "conversation-previous",
      label: t`Previous message of the conversation`,
      group,
      keys: ["p"],
      isEnabled: isConversation,
      run: () => step(-1),
    },
    {
      id: "conversation-open",
      label: areAllOpen ? t`Fold the conversation` : t`Open the whole conversation`,
      group,
      keys: [";"],
      isEnabled: isConversation,
      run: () => openAll(!areAllOpen),
    },
  ]);

  const news = <Arrived ids={arrived.map(({ id }) => id)} list={place} order={order} onSeen={meet} />;
  return (
    <>
      <Subject text={subjectOf(row)}>
        {isConversation && (
          <IconButton
            label={areAllOpen ? t`Fold the conversation` : t`Open the whole conversation`}
            shortcut={keys.chord("conversation-open")}
            onClick={() => openAll(!areAllOpen)}
          >
            {areAllOpen ? <ChevronsDownUp /> : <ChevronsUpDown />}
          </IconButton>
        )}
      </Subject>
      {order === "newest-first" && news}
      <div ref={place} className={styles.conversation} data-single={!isConversation || undefined}>
        {rows.map((one) => {
          if (folded.has(one.id))
            return one.id === firstFolded ? (
              <button
                key="folded"
                type="button"
                className={styles.threadMore}
                onClick={() => setUnfolded(true)}
              >
                <Plural value={folded.size} one="# earlier message" other="# earlier messages" />
              </button>
            ) : null;
          if (one.id === row.id)
            return (
              <section
                role="group"
                key={one.id}
                className={styles.own}
                data-message={one.id}
                data-own=""
                tabIndex={-1}
                aria-label={t`This message`}
              >
                {isConversation && <MessageHeading detail={detail} />}
                <MessageView detail={detail} />
              </section>
            );
          return (
            <ThreadMessage
              key={one.id}
              row={one}
              isOpen={opened.has(one.id)}
              onToggle={() => toggle(one.id)}
              onSource={onSource}
              onTag={onTag}
            />
          );
        })}
      </div>
      {order === "newest-last" && news}
      {isConversation && others.length >= 200 && (
        <p className={styles.note}>
          <Trans>The conversation is longer; only its newest 200 messages are shown.</Trans>
        </p>
      )}
    </>
  );
}
