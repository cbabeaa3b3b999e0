/** The filters as sentences, in the order they run; moved by dragging or with the arrow keys. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, GripVertical } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { announce } from "@/app";
import { IconButton, Menu, Switch, Tag } from "@/ui";
import type { Filter } from "./documents";
import { moved } from "./draft";
import styles from "./Filters.module.css";
import { useFilterWords } from "./useFilterWords";

export type FilterListProps = {
  filters: readonly Filter[];
  onEdit: (filter: Filter) => void;
  onApply: (filter: Filter) => void;
  onRemove: (filter: Filter, position: number) => void;
  onEnable: (filter: Filter, isEnabled: boolean) => void;
  onReorder: (ids: string[]) => void;
};

export function FilterList({ filters, onReorder, ...acts }: FilterListProps) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  // The order while somebody drags.
  const [dragged, setDragged] = useState<{ id: string; order: string[] }>();
  const order = dragged?.order ?? filters.map(({ id }) => id);
  const shown = order.flatMap((id) => filters.find((filter) => filter.id === id) ?? []);

  function move(filter: Filter, to: number) {
    const from = order.indexOf(filter.id);
    if (to < 0 || to >= order.length || from === to) return;
    onReorder(moved(order, from, to));
    const { name } = filter;
    const place = to + 1;
    announce(t`${name} is number ${place} now`);
  }
  function onPointerMove(event: PointerEvent) {
    if (dragged === undefined) return;
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const under = rows.findIndex(({ top, bottom }) => event.clientY >= top && event.clientY < bottom);
    const from = dragged.order.indexOf(dragged.id);
    if (under >= 0 && under !== from) setDragged({ ...dragged, order: moved(dragged.order, from, under) });
  }
  function onDrop() {
    if (dragged?.order.some((id, index) => filters[index]?.id !== id)) onReorder(dragged.order);
    setDragged(undefined);
  }

  return (
    <ol className={styles.list} aria-label={t`Filters`} ref={list}>
      {shown.map((filter, index) => (
        <FilterRow
          key={filter.id}
          filter={filter}
          isFirst={index === 0}
          isLast={index === shown.length - 1}
          isDragged={dragged?.id === filter.id}
          {...acts}
          onRemove={() => acts.onRemove(filter, index)}
          onMove={(by) => move(filter, index + by)}
          grip={{
            onPointerDown: (event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDragged({ id: filter.id, order: [...order] });
            },
            onPointerMove,
            onPointerUp: onDrop,
            onPointerCancel: () => setDragged(undefined),
          }}
        />
      ))}
    </ol>
  );
}

type Grip = Record<
  "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel",
  (event: PointerEvent<HTMLButtonElement>) => void
>;
type FilterRowProps = Omit<FilterListProps, "filters" | "onReorder" | "onRemove"> & {
  filter: Filter;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
  grip: Grip;
  onRemove: () => void;
  onMove: (by: number) => void;
};

function FilterRow({
  filter,
  isFirst,
  isLast,
  isDragged,
  grip,
  onEdit,
  onApply,
  onEnable,
  onRemove,
  onMove,
}: FilterRowProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  const { name, isEnabled, stops, trouble } = filter;
  const conditions = words.conditions(filter);
  const actions = words.actions(filter.actions);

  function onKeyDown(event: KeyboardEvent) {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    onMove(by);
  }
  return (
    <li className={styles.row} data-off={!isEnabled || undefined} data-dragged={isDragged || undefined}>
      <button
        type="button"
        className={styles.grip}
        aria-label={t`Move ${name}: arrow keys`}
        {...grip}
        onKeyDown={onKeyDown}
      >
        <GripVertical aria-hidden="true" />
      </button>
      <button type="button" className={styles.sentence} onClick={() => onEdit(filter)}>
        <span>
          {trouble === "UNREADABLE" ? (
            name
          ) : (
            <Trans>
              If <strong>{conditions}</strong>, {actions}
            </Trans>
          )}
        </span>
        <span className={styles.note}>
          {name !== conditions && trouble !== "UNREADABLE" && <span>{name}</span>}
          {stops && <Tag>{t`stops here`}</Tag>}
          <Trouble trouble={trouble} />
        </span>
      </button>
      <Switch
        label={t`${name} is on`}
        hideLabel
        checked={isEnabled}
        onChange={(on) => onEnable(filter, on)}
      />
      <Menu
        label={t`More about ${name}`}
        placement="bottom end"
        groups={[
          {
            id: "acts",
            items: [
              { id: "edit", label: t`Edit…`, onAction: () => onEdit(filter) },
              { id: "apply", label: t`Apply to the inbox now`, onAction: () => onApply(filter) },
            ],
          },
          {
            id: "order",
            items: [
              { id: "up", label: t`Move up`, disabled: isFirst, onAction: () => onMove(-1) },
              { id: "down", label: t`Move down`, disabled: isLast, onAction: () => onMove(1) },
            ],
          },
          { id: "end", items: [{ id: "remove", label: t`Remove`, danger: true, onAction: onRemove }] },
        ]}
        trigger={(props) => (
          <IconButton {...props} label={t`More about ${name}`}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </li>
  );
}

function Trouble({ trouble }: { trouble: Filter["trouble"] }) {
  if (trouble === null) return null;
  return (
    <span className={styles.trouble}>
      {trouble === "FOLDER_GONE" && (
        <Trans>The folder is gone: mail stays in the inbox. Choose another one.</Trans>
      )}
      {trouble === "FORWARD_REFUSED" && <Trans>Forwarding there is turned off: nothing is forwarded.</Trans>}
      {trouble === "UNREADABLE" && (
        <Trans>This filter cannot be read any more and does nothing. Make it anew.</Trans>
      )}
    </span>
  );
}
