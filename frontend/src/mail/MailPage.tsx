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
import { Empty } from "@/ui";
import { Divider } from "./Divider";
import { FolderPane } from "./folders/FolderPane";
import { ListPane } from "./list/ListPane";
import { useLive } from "./live";
import { useMailLocation } from "./location";
import styles from "./MailPage.module.css";
import { mailStore, useMailboxes, useView } from "./mailStore";
import { mailboxName } from "./names";
import { useOffline } from "./offline/useOffline";
import { selection } from "./selection";
import type { Sort, Source } from "./store/types";
import { useMailActs } from "./useMailActs";
import { useMailCommands } from "./useMailCommands";

const loadReading = () => import("./reading/ReadingPane");
const ReadingPane = lazy(() => loadReading().then((module) => ({ default: module.ReadingPane })));
const MovePicker = lazy(() => import("./list/MovePicker").then((module) => ({ default: module.MovePicker })));
const FilterFromMessage = lazy(() =>
  import("@/rules").then((module) => ({ default: module.FilterFromMessage })),
);
const VacationBanner = lazy(() =>
  import("@/rules/banner").then((module) => ({ default: module.VacationBanner })),
);
const WhenDialog = lazy(() => import("./later").then((module) => ({ default: module.WhenDialog })));
const nothing: Source = { mailboxId: "" };

export function MailPage() {
  const { t } = useLingui();
  const place = useMailLocation();
  const mailboxes = useMailboxes();
  const { listWidth } = usePreferences();
  const [sort, setSort] = useState<Sort>("DATE_DESC");
  const [areFoldersOpen, setFoldersOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const view = useView(place.source ?? nothing, sort);
  const { acts, moving, stopMoving, moveNow, filtered, stopFiltering, snoozing, stopSnoozing, snoozeNow } =
    useMailActs(place, view);

  const title =
    place.query === undefined ? (place.mailbox ? mailboxName(place.mailbox) : t`Mail`) : t`Search`;
  useTitle(title);
  useUnreadInTitle(mailStore.bySpecialUse("INBOX")?.unread ?? 0);
  useMailCommands({ place, view, acts, searchRef });
  const isLive = useLive(view.isLoaded);
  const isOffline = useOffline(useViewer().id, view.isLoaded);
  const isIdle = useIdle();

  useEffect(() => {
    if (mailboxes === undefined) mailStore.loadMailboxes().catch(() => undefined);
  }, [mailboxes]);
  useEffect(() => selection.reset(), [place.source]);

  // The neighbours of what is open are fetched before they are asked for.
  useEffect(() => {
    if (place.messageId === undefined) return;
    const index = view.indexOf(place.messageId);
    if (index < 0) return;
    selection.moveCursor(place.messageId, index);
    for (const near of [view.idAt(index + 1), view.idAt(index - 1)]) {
      if (near !== undefined) mailStore.bodies.fetch(near).catch(() => undefined);
    }
  }, [place.messageId, view]);

  const titleOf = (count: number) =>
    count === 1 ? t`Move to…` : t`Move ${formatNumber(count)} messages to…`;
  const { source } = place;
  return (
    <div
      className={styles.mail}
      style={{ "--list": `${listWidth}px` }}
      data-reading={place.messageId !== undefined || undefined}
      data-folders={areFoldersOpen || undefined}
    >
      <div className={styles.folders}>
        <FolderPane
          currentId={place.query === undefined ? place.mailbox?.id : undefined}
          query={place.query}
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
            sort={sort}
            onSort={setSort}
            onOpen={place.open}
            acts={acts}
            onFolders={() => setFoldersOpen(!areFoldersOpen)}
            searchRef={searchRef}
          />
        ) : (
          mailboxes !== undefined && <Empty title={t`No such folder.`} />
        )}
        {(isOffline || !isLive) && (
          <p className={styles.offline}>
            {isOffline ? t`No connection. What you do is kept and sent later.` : t`Connecting…`}
          </p>
        )}
        <button
          type="button"
          className={styles.write}
          aria-label={t`Write`}
          onPointerEnter={prepareCompose}
          onClick={() => void compose({ kind: "new" })}
        >
          <PencilLine aria-hidden="true" />
        </button>
      </div>
      <Divider width={listWidth} />
      <div className={styles.reading}>
        <Suspense fallback={null}>
          {(isIdle || place.messageId !== undefined) && (
            <ReadingPane messageId={place.messageId} acts={acts} onBack={place.close} />
          )}
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {moving !== undefined && (
          <MovePicker
            title={titleOf(moving === "all" ? view.total : moving.length)}
            exclude={place.query === undefined ? place.mailbox?.id : undefined}
            onPick={moveNow}
            onClose={stopMoving}
          />
        )}
        {filtered !== undefined && <FilterFromMessage messageId={filtered} onClose={stopFiltering} />}
        {snoozing !== undefined && (
          <WhenDialog
            title={t`Snooze until…`}
            action={t`Snooze`}
            kind="snooze"
            onPick={snoozeNow}
            onClose={stopSnoozing}
          />
        )}
      </Suspense>
    </div>
  );
}
