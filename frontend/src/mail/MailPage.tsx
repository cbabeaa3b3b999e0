/** Mail: folders, list and message beside each other, or one after the other on a phone; and all its commands. */
import { useLingui } from "@lingui/react/macro";
import { PencilLine } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import {
  compose,
  prepareCompose,
  useIdle,
  usePreferences,
  useTitle,
  useUnreadInTitle,
  useViewer,
} from "@/app";
import { formatNumber } from "@/lib/numbers";
import { Button, Empty, onDemand, useLayer } from "@/ui";
import { FolderPane } from "./folders/FolderPane";
import { ListPane } from "./list/ListPane";
import { useLive } from "./live";
import { useMailLocation } from "./location";
import styles from "./MailPage.module.css";
import { mailStore, useMailboxes, useRow, useView } from "./mailStore";
import { mailboxName } from "./names";
import { useOffline } from "./offline/useOffline";
import { selection } from "./selection";
import type { Source } from "./store/types";
import { useMailActs } from "./useMailActs";
import { useMailCommands } from "./useMailCommands";

const loadReading = () => import("./reading/ReadingPane");
const ReadingPane = lazy(() => loadReading().then((module) => ({ default: module.ReadingPane })));
const MovePicker = onDemand(async () => (await import("./list/MovePicker")).MovePicker);
const RemoveDialog = onDemand(async () => (await import("./list/RemoveDialog")).RemoveDialog);
const FilterFromMessage = onDemand(async () => (await import("@/rules")).FilterFromMessage);
const VacationBanner = lazy(() =>
  import("@/rules/banner").then((module) => ({ default: module.VacationBanner })),
);
const WhenDialog = onDemand(async () => (await import("./later")).WhenDialog);
const Divider = lazy(() => import("./Divider").then((module) => ({ default: module.Divider })));
const TagPicker = onDemand(async () => (await import("./tags/TagPicker")).TagPicker);
const nothing: Source = { mailboxId: "" };

export function MailPage() {
  const { t } = useLingui();
  const place = useMailLocation();
  const mailboxes = useMailboxes();
  const { pane, listWidth, listShare } = usePreferences();
  const { sort } = place.choice;
  const [areFoldersOpen, setFoldersOpen] = useState(false);
  useLayer(areFoldersOpen, () => setFoldersOpen(false));
  const searchRef = useRef<HTMLInputElement>(null);
  const view = useView(place.source ?? nothing, sort);
  const todo = useMailActs(place, view);
  const { acts, moving, tagging, filtered, waiting } = todo;

  const title =
    place.query === undefined ? (place.mailbox ? mailboxName(place.mailbox) : t`Mail`) : t`Search`;
  const subject = useRow(place.messageId)?.subject.trim();
  useTitle(place.messageId === undefined ? title : subject || title);
  useUnreadInTitle(mailStore.bySpecialUse("INBOX")?.unread);
  useMailCommands({ place, view, acts, searchRef });
  const isAnswered = view.isLoaded && !view.isKept;
  // Where a folder is gone or fails, what is left of it here is soon known to be old.
  const isMissing = view.error !== undefined || (mailboxes !== undefined && place.source === undefined);
  const isLive = useLive(isAnswered || isMissing);
  const isOffline = useOffline(useViewer().id, isAnswered);
  const isIdle = useIdle();

  useEffect(() => {
    if (mailboxes === undefined) mailStore.loadMailboxes().catch(() => undefined);
  }, [mailboxes]);
  useEffect(() => selection.reset(), [place.source]);

  // Where the list goes for the message, the focus does not stay behind.
  const reading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.messageId === undefined) return;
    const { activeElement } = document;
    if (activeElement?.closest("[role=grid]")?.checkVisibility() === false)
      reading.current?.focus({ preventScroll: true });
  }, [place.messageId]);

  // The neighbours of what is open are fetched before they are asked for.
  useEffect(() => {
    if (place.messageId === undefined) return;
    const index = view.indexOf(place.messageId);
    if (index < 0) return;
    // Who selects rows beside it stands with those.
    if (selection.get().ids.size === 0) selection.moveCursor(place.messageId, index);
    // What was pressed is to be seen first.
    const timer = setTimeout(() => {
      for (const near of [view.idAt(index + 1), view.idAt(index - 1)]) {
        if (near !== undefined) mailStore.bodies.fetch(near).catch(() => undefined);
      }
    });
    return () => clearTimeout(timer);
  }, [place.messageId, view]);

  const titleOf = (count: number) =>
    count === 1 ? t`Move to…` : t`Move ${formatNumber(count)} messages to…`;
  const { source } = place;
  const inbox = mailStore.bySpecialUse("INBOX");
  return (
    <div
      className={styles.mail}
      style={{ "--list": `${listWidth}px`, "--share": `${Math.round(listShare * 100)}%` }}
      data-pane={pane}
      data-reading={place.messageId !== undefined || undefined}
      data-folders={areFoldersOpen || undefined}
    >
      <div className={styles.folders}>
        <FolderPane
          currentId={place.query === undefined ? place.mailbox?.id : undefined}
          query={place.query}
          on={todo.on}
          onNavigate={() => setFoldersOpen(false)}
        />
      </div>
      {areFoldersOpen && (
        <button
          type="button"
          className={styles.scrim}
          aria-label={t`Close folders`}
          onClick={() => setFoldersOpen(false)}
        />
      )}
      <div className={styles.list}>
        <div>
          <Suspense fallback={null}>{isIdle && <VacationBanner />}</Suspense>
        </div>
        {source !== undefined ? (
          <ListPane
            place={{ ...place, source }}
            onOpen={place.open}
            acts={acts}
            on={todo.on}
            onFolders={() => setFoldersOpen(!areFoldersOpen)}
            searchRef={searchRef}
          />
        ) : (
          mailboxes !== undefined && (
            <Empty
              isPage
              title={t`No such folder.`}
              action={
                inbox !== undefined && (
                  <Button onClick={() => place.goTo(inbox)}>{t`Go to ${mailboxName(inbox)}`}</Button>
                )
              }
            />
          )
        )}
        {(isOffline || !isLive) && (
          <p className={styles.offline}>
            {isOffline ? t`No connection. What you do is kept and done later.` : t`Connecting…`}
          </p>
        )}
        <button
          type="button"
          className={styles.write}
          aria-label={t`Write`}
          onPointerEnter={prepareCompose}
          onClick={(event) => void compose({ kind: "new" }, event)}
        >
          <PencilLine aria-hidden="true" />
        </button>
      </div>
      {isIdle && (
        <Suspense fallback={<span className={styles.divider} />}>
          <Divider isBelow={pane === "below"} width={listWidth} share={listShare} />
        </Suspense>
      )}
      <div ref={reading} className={styles.reading} tabIndex={-1}>
        <Suspense fallback={null}>
          {(isIdle || place.messageId !== undefined) && (
            <ReadingPane messageId={place.messageId} acts={acts} onTag={todo.on.tag} onBack={place.close} />
          )}
        </Suspense>
      </div>
      {moving !== undefined && (
        <MovePicker
          title={titleOf(moving === "all" ? view.messageTotal : todo.countOf(moving))}
          exclude={place.query === undefined ? place.mailbox?.id : undefined}
          onPick={todo.moveNow}
          onClose={todo.stopMoving}
        />
      )}
      {tagging !== undefined && (
        <TagPicker
          given={tagging === "all" ? [] : commonKeywords(tagging)}
          onPick={todo.tagNow}
          onClose={todo.stopTagging}
        />
      )}
      {todo.removing !== undefined && (
        <RemoveDialog
          count={todo.countOf(todo.removing)}
          onRemove={todo.removeNow}
          onClose={todo.stopRemoving}
        />
      )}
      {filtered !== undefined && <FilterFromMessage messageId={filtered} onClose={todo.stopFiltering} />}
      {waiting !== undefined && (
        <WhenDialog
          title={waiting.kind === "send" ? t`Send when?` : t`Snooze until…`}
          action={waiting.kind === "send" ? t`Schedule` : t`Snooze`}
          kind={waiting.kind}
          onPick={todo.waitUntil}
          onClose={todo.stopWaiting}
        />
      )}
    </div>
  );
}

/** Keywords that all of these messages have. */
function commonKeywords(ids: readonly string[]): readonly string[] {
  const [first, ...others] = ids.map((id) => mailStore.row(id)?.keywords ?? []);
  return (first ?? []).filter((keyword) => others.every((some) => some.includes(keyword)));
}
