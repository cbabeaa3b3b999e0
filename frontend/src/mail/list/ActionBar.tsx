/** What can be done with the selected rows, in the place of the list's title. */
import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import {
  Archive,
  BellOff,
  Clock,
  Ellipsis,
  FolderInput,
  MailOpen,
  Paperclip,
  ShieldAlert,
  Star,
  Tag,
  Trash2,
  X,
} from "lucide-react";
import { useKeys } from "@/app";
import { formatNumber } from "@/lib/numbers";
import { IconButton, Menu, useLayer } from "@/ui";
import { useView } from "../mailStore";
import { isPhone } from "../phone";
import { selection, useSelection } from "../selection";
import type { Sort, Source } from "../store/types";
import type { MailActs } from "../useMailActs";
import styles from "./ListPane.module.css";

export type ActionBarProps = {
  title: string;
  count: number;
  source: Source;
  sort: Sort;
  acts: MailActs;
  isJunk: boolean;
  isScheduled: boolean;
  /** A message is open. */
  isReading: boolean;
};

export function ActionBar(props: ActionBarProps) {
  const { title, count, source, sort, acts, isJunk, isScheduled, isReading } = props;
  const { t } = useLingui();
  const keys = useKeys();
  const view = useView(source, sort);
  const { isAll, isExtending } = useSelection();
  const total = formatNumber(view.messageTotal);
  // What is done to all is done to the messages; the list counts conversations.
  const isByConversation = view.messageTotal !== view.total;
  const selectAll = isByConversation
    ? plural(view.total, {
        one: `Select all ${total} messages in # conversation`,
        other: `Select all ${total} messages in # conversations`,
      })
    : t`Select all ${total} messages`;
  const allSelected = isByConversation
    ? plural(view.total, {
        one: `All ${total} messages in # conversation are selected`,
        other: `All ${total} messages in # conversations are selected`,
      })
    : plural(view.total, { one: "# message is selected", other: "All # messages are selected" });
  // On a phone the list is all that is seen, and selecting is a state of the page that Back ends.
  useLayer(isPhone() && !isReading, selection.clear);
  return (
    <div className={styles.header} role="toolbar" aria-label={t`Selected messages`} data-bar="selection">
      <h1 className="visually-hidden">{title}</h1>
      <IconButton label={t`Clear selection`} shortcut={keys.chord("back")} onClick={() => selection.clear()}>
        <X />
      </IconButton>
      <span className={styles.extent} data-all={isAll || undefined}>
        <span className={styles.selected} aria-live="polite">
          {isExtending ? (
            <Trans>Selecting…</Trans>
          ) : isAll ? (
            <>
              <span aria-hidden="true">
                <Trans>All {total}</Trans>
              </span>
              <span className="visually-hidden">{allSelected}</span>
            </>
          ) : (
            <Plural value={count} one="# selected" other="# selected" />
          )}
        </span>
        {isAll && isByConversation && (
          <span className={styles.spread} aria-hidden="true">
            <Plural value={view.total} one="in # conversation" other="in # conversations" />
          </span>
        )}
        {!isAll && count < view.total && (
          <button
            type="button"
            className={styles.all}
            aria-label={selectAll}
            title={selectAll}
            onClick={() => selection.selectAll()}
          >
            <Trans>All {total}</Trans>
          </button>
        )}
      </span>
      <span className={styles.space} />
      <IconButton label={t`Archive`} shortcut={keys.chord("archive")} onClick={acts.archive}>
        <Archive />
      </IconButton>
      <IconButton label={t`Delete`} shortcut={keys.chord("delete")} onClick={acts.trash}>
        <Trash2 />
      </IconButton>
      <IconButton label={t`Move to`} shortcut={keys.chord("move")} onClick={acts.move}>
        <FolderInput />
      </IconButton>
      <IconButton
        label={isScheduled ? t`Change time` : t`Snooze`}
        shortcut={keys.chord("snooze")}
        onClick={acts.snooze}
      >
        <Clock />
      </IconButton>
      <Menu
        label={t`More`}
        placement="bottom end"
        groups={[
          {
            id: "more",
            items: [
              { id: "tag", label: t`Tag…`, icon: <Tag />, shortcut: keys.shown("tag"), onAction: acts.tag },
              {
                id: "attach",
                label: t`Forward as attachments`,
                icon: <Paperclip />,
                onAction: acts.attach,
              },
              { id: "read", label: t`Read or unread`, icon: <MailOpen />, onAction: acts.toggleRead },
              {
                id: "mute",
                label: t`Mute`,
                icon: <BellOff />,
                shortcut: keys.shown("mute"),
                onAction: acts.toggleMuted,
              },
              {
                id: "star",
                label: t`Star`,
                icon: <Star />,
                shortcut: keys.shown("star"),
                onAction: acts.toggleStar,
              },
              {
                id: "junk",
                label: isJunk ? t`Not junk` : t`Junk`,
                icon: <ShieldAlert />,
                shortcut: keys.shown("junk"),
                onAction: acts.junk,
              },
            ],
          },
        ]}
        trigger={(props) => (
          <IconButton {...props} label={t`More`}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </div>
  );
}
