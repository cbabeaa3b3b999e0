/** The list: only the rows in view are drawn, however many there are; rows come from the store as they are needed. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { announce, usePreferences, useViewer } from "@/app";
import { dragRow, endDrag } from "../drag";
import { mailStore, useMailboxes, useView } from "../mailStore";
import { selection, useSelection } from "../selection";
import type { Mailbox, Sort, Source } from "../store/types";
import type { ActsOn } from "../useMailActs";
import styles from "./MessageList.module.css";
import { MessageRow } from "./MessageRow";
import { extendTo } from "./range";
import { usePull } from "./usePull";
import { useSwipes } from "./useSwipes";
import { useWindow } from "./useWindow";
import { boxHeight, contentTop, offsetOf, ringSize } from "./window";

/** How far each list was scrolled. */
const positions = new WeakMap<Source, number>();
const DEBOUNCE_MS = 60;
/** So many rows are asked for before they come into view. */
const AHEAD = 30;
const HOVER_MS = 80;
const EmptyList = lazy(() => import("./ListStates").then((module) => ({ default: module.EmptyList })));
const FailedList = lazy(() => import("./ListStates").then((module) => ({ default: module.FailedList })));
const PullSign = lazy(() => import("./PullSign").then((module) => ({ default: module.PullSign })));
const SwipeSigns = lazy(() => import("./SwipeSigns").then((module) => ({ default: module.SwipeSigns })));
const hasTouch = matchMedia("(any-pointer: coarse)").matches;

export type MessageListProps = {
  label: string;
  source: Source;
  sort: Sort;
  mailbox: Mailbox | undefined;
  openId: string | undefined;
  on: ActsOn;
  onOpen: (id: string, index: number) => void;
};

export function MessageList({ label, source, sort, mailbox, openId, on, onOpen }: MessageListProps) {
  const { t } = useLingui();
  const { density } = usePreferences();
  const view = useView(source, sort);
  const mailboxes = useMailboxes();
  const { ids, isAll, cursor } = useSelection();
  const list = useWindow(view.total, density);
  const { geometry, range, scrollTop } = list;
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined);
  const anchor = useRef<{ id: string; index: number } | undefined>(undefined);
  const placed = useRef<HTMLElement | null>(null);
  const [bare, setBare] = useState<HTMLElement | null>(null);
  const isSearch = source.search !== undefined;
  const { address } = useViewer();

  useEffect(() => mailStore.watch(source, sort), [source, sort]);

  // Rows that border on known ones at once and before they are in view; far ones when scrolling rests.
  useEffect(() => {
    const { from, to } = range;
    const ahead = scrollTop > 0 ? AHEAD : 0; // Whoever stays at the top needs no more.
    if (!view.isLoaded) mailStore.need(source, sort, 0, 1);
    else if (view.idAt(from) !== undefined || view.idAt(to - 1) !== undefined)
      mailStore.need(source, sort, from - ahead, to + ahead);
    else {
      const timer = setTimeout(() => mailStore.need(source, sort, from, to), DEBOUNCE_MS);
      return () => clearTimeout(timer);
    }
  }, [source, sort, range.from, range.to, scrollTop > 0, view]);

  useEffect(() => {
    if (!view.isLoaded) return;
    if (performance.getEntriesByName("list-ready").length === 0) performance.mark("list-ready");
    if (isSearch) performance.mark("found", { detail: source.search });
  }, [view.isLoaded, view.total, source]);

  // Once for each search; what an act then takes from it is said with the act.
  useEffect(() => {
    if (!isSearch || !view.isLoaded) return;
    announce(
      view.total === 0
        ? t`Nothing found.`
        : plural(view.total, { one: "# message found", other: "# messages found" }),
    );
  }, [view.isLoaded, source]);

  // When rows come or go above what is being read, the reader's rows stay where they are.
  useLayoutEffect(() => {
    const element = list.element();
    // At the top there is nothing to keep, and to ask the element would cost a layout.
    if (element === null || scrollTop === 0) {
      selection.setTop(0);
      anchor.current = undefined;
      return;
    }
    const kept = anchor.current;
    if (kept !== undefined && element.scrollTop > 0 && view.idAt(kept.index) !== kept.id) {
      const index = view.indexOf(kept.id);
      if (view.idAt(index) === kept.id)
        list.scrollTo(element.scrollTop + (index - kept.index) * geometry.row);
    }
    const first = Math.ceil(contentTop(element.scrollTop, geometry) / geometry.row);
    selection.setTop(first);
    const id = view.idAt(first);
    anchor.current = id === undefined ? undefined : { id, index: first };
  }, [view, scrollTop, geometry.row]);

  // A list that was left is found again where it was; a new one begins at its top.
  useLayoutEffect(() => {
    const element = list.element();
    const left = positions.get(source) ?? 0;
    // A new element is at its top. Where an old one is, only the element knows: what is told comes a frame later.
    if (element !== null && (left > 0 || placed.current === element)) list.scrollTo(left);
    placed.current = element;
    anchor.current = undefined;
  }, [source, list.element()]);

  // The row of the open message, or of the keyboard, is kept in view.
  useEffect(() => {
    const id = openId ?? cursor?.id;
    if (id === undefined) return;
    const index = view.indexOf(id);
    if (index < 0) return;
    list.show(index);
    const element = list.element();
    const { activeElement } = document;
    // From the list's own buttons too: Enter then opens the row one has walked to.
    const isFree = activeElement === document.body || element?.parentElement?.contains(activeElement);
    if (element?.contains(activeElement) || (cursor?.isWalked && isFree)) {
      element?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    }
  }, [openId, cursor?.id, geometry.row]);

  // Whoever leaves a message by what stood in it is at its row again.
  const wasOpen = useRef(openId);
  useEffect(() => {
    const id = wasOpen.current;
    wasOpen.current = openId;
    if (id === undefined || openId !== undefined) return;
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body && activeElement.checkVisibility()) return;
    const element = list.element();
    const row = element?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    (row ?? element)?.focus({ preventScroll: true });
  }, [openId]);

  useSwipes(list.element(), on);
  usePull(bare ?? list.element());

  function targetOf(target: EventTarget | null) {
    const element = target instanceof Element ? target.closest<HTMLElement>("[role=row]") : null;
    const { id, index } = element?.dataset ?? {};
    return id === undefined ? undefined : { id, index: Number(index) };
  }

  function onClick(event: MouseEvent<HTMLDivElement>) {
    const target = targetOf(event.target);
    if (target === undefined || event.currentTarget.dataset.swiped !== undefined) return;
    const act =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>("[data-act]")?.dataset.act
        : undefined;
    if (act === "star") on.toggleStar([target.id]);
    else if (event.shiftKey) extendTo(source, sort, target.index);
    else if (act === "select" || event.ctrlKey || event.metaKey) selection.toggle(target.id, target.index);
    else {
      selection.moveCursor(target.id, target.index);
      onOpen(target.id, target.index);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.target);
    if (target === undefined) return;
    if (event.key === " " && event.target instanceof Element && event.target.matches("[role=row]")) {
      event.preventDefault();
      selection.toggle(target.id, target.index);
    }
  }

  function fetchAhead(target: EventTarget | null) {
    const id = targetOf(target)?.id;
    // A body that cannot be fetched ahead is asked for again when it is opened.
    if (id !== undefined) mailStore.bodies.fetch(id).catch(() => undefined);
  }
  function onHover(target: EventTarget | null) {
    clearTimeout(hover.current);
    hover.current = setTimeout(() => fetchAhead(target), HOVER_MS);
  }

  if (view.isLoaded && view.total === 0)
    return (
      <div ref={setBare} className={styles.bare}>
        <Suspense fallback={null}>
          {hasTouch && <PullSign />}
          <EmptyList source={source} mailbox={mailbox} />
        </Suspense>
      </div>
    );
  if (!view.isLoaded && view.error !== undefined)
    return (
      <Suspense fallback={<div />}>
        <FailedList onRetry={() => mailStore.retry(source, sort)} />
      </Suspense>
    );

  const ring = ringSize(geometry);
  const indexes = Array.from({ length: Math.max(0, range.to - range.from) }, (_, at) => range.from + at);
  const cursorIndex = cursor === undefined ? -1 : view.indexOf(cursor.id);
  const openIndex = openId === undefined ? -1 : view.indexOf(openId);
  return (
    <>
      <div
        ref={list.ref}
        className={styles.list}
        role="grid"
        aria-label={label}
        aria-rowcount={view.isLoaded ? view.total : -1}
        aria-multiselectable="true"
        aria-busy={!view.isLoaded}
        tabIndex={cursorIndex >= range.from && cursorIndex < range.to ? -1 : 0}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          const id = targetOf(event.target)?.id;
          if (id !== undefined) dragRow(event, id);
        }}
        onDragEnd={endDrag}
        onScroll={(event) => positions.set(source, event.currentTarget.scrollTop)}
        onPointerOver={(event) => event.pointerType === "mouse" && onHover(event.target)}
        onPointerDown={(event) =>
          event.button === 0 && event.pointerType === "mouse" && fetchAhead(event.target)
        }
        onPointerLeave={() => clearTimeout(hover.current)}
      >
        {hasTouch && (
          <Suspense fallback={null}>
            <PullSign />
            <SwipeSigns />
          </Suspense>
        )}
        <div className={styles.box} role="presentation" style={{ blockSize: boxHeight(geometry) }}>
          {!view.isLoaded && <Placeholders count={12} />}
          {indexes.map((index) => {
            const row = view.rowAt(index);
            const top = offsetOf(index, scrollTop, geometry);
            if (row === undefined) return <Placeholder key={`w${index % ring}`} top={top} />;
            return (
              <MessageRow
                key={index % ring}
                row={row}
                index={index}
                top={top}
                mailbox={isSearch ? mailboxes?.find((one) => one.id === row.mailboxId) : mailbox}
                isSearch={isSearch}
                own={source.byConversation ? (address ?? "") : undefined}
                isOpen={index === openIndex}
                isCursor={index === cursorIndex}
                isSelected={isAll || ids.has(row.id)}
                isSelecting={isAll || ids.size > 0}
              />
            );
          })}
        </div>
      </div>
      <span className="visually-hidden" role="status">
        {view.isLoaded ? "" : t`Loading messages`}
      </span>
    </>
  );
}

function Placeholder({ top }: { top: number }) {
  return (
    <div className={styles.waiting} style={{ transform: `translateY(${top}px)` }} aria-hidden="true">
      <span className={styles.disc} />
      <span className={styles.lines} />
    </div>
  );
}

function Placeholders({ count }: { count: number }) {
  return Array.from({ length: count }, (_, index) => (
    <div
      key={index}
      className={styles.waiting}
      style={{ insetBlockStart: `calc(${index} * var(--row))` }}
      aria-hidden="true"
    >
      <span className={styles.disc} />
      <span className={styles.lines} />
    </div>
  ));
}
