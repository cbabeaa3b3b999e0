/** The menu of a list: order, what is shown, density, and where messages are read. */
import { useLingui } from "@lingui/react/macro";
import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  ArrowUpNarrowWide,
  CircleDot,
  Mails,
  PanelBottom,
  PanelRight,
  Paperclip,
  Rows2,
  Rows3,
  Rows4,
  SlidersHorizontal,
  Square,
  Star,
  Tag,
  TypeOutline,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { type Preferences, setPreference, usePreferences } from "@/app";
import { IconButton, Menu, type MenuGroup } from "@/ui";
import type { MailLocation } from "../location";
import type { Filter, Sort } from "../store/types";
import styles from "./ListPane.module.css";

const opposites: Partial<Record<Sort, Sort>> = {
  SENDER: "SENDER_DESC",
  SENDER_DESC: "SENDER",
  SUBJECT: "SUBJECT_DESC",
  SUBJECT_DESC: "SUBJECT",
  SIZE: "SIZE_ASC",
  SIZE_ASC: "SIZE",
};

type Choice<T> = [id: T, label: string, icon: ReactNode];

export function ListOptions({ place }: { place: MailLocation }) {
  const { t } = useLingui();
  const { density, pane } = usePreferences();
  const { choice, arrange } = place;
  const sorts: Choice<Sort>[] = [
    ["DATE_DESC", t`Newest first`, <ArrowDownNarrowWide key="i" />],
    ["DATE_ASC", t`Oldest first`, <ArrowUpNarrowWide key="i" />],
    ["UNREAD_FIRST", t`Unread first`, <CircleDot key="i" />],
    ["STARRED_FIRST", t`Starred first`, <Star key="i" />],
    turned("SENDER_DESC", t`Sender, Z to A`) ?? ["SENDER", t`Sender, A to Z`, <UserRound key="i" />],
    turned("SUBJECT_DESC", t`Subject, Z to A`) ?? ["SUBJECT", t`Subject, A to Z`, <TypeOutline key="i" />],
    turned("SIZE_ASC", t`Smallest first`) ?? ["SIZE", t`Largest first`, <ArrowDownWideNarrow key="i" />],
  ];
  /** An order that is turned around stands in the place of its opposite. */
  function turned(sort: Sort, label: string): Choice<Sort> | undefined {
    return choice.sort === sort ? [sort, label, null] : undefined;
  }
  const filters: Choice<Filter | "ALL">[] = [
    ["ALL", t`All messages`, <Mails key="i" />],
    ["UNREAD", t`Unread`, <CircleDot key="i" />],
    ["STARRED", t`Starred`, <Star key="i" />],
    ["ATTACHMENTS", t`With attachments`, <Paperclip key="i" />],
    ["TAGGED", t`Tagged`, <Tag key="i" />],
  ];
  const densities: Choice<Preferences["density"]>[] = [
    ["compact", t`Compact`, <Rows4 key="i" />],
    ["cosy", t`Cosy`, <Rows3 key="i" />],
    ["roomy", t`Roomy`, <Rows2 key="i" />],
  ];
  const panes: Choice<Preferences["pane"]>[] = [
    ["right", t`Beside the list`, <PanelRight key="i" />],
    ["below", t`Below the list`, <PanelBottom key="i" />],
    ["off", t`In place of the list`, <Square key="i" />],
  ];
  function group<T extends string>(
    id: string,
    label: string,
    selected: T,
    choices: Choice<T>[],
    onChoose: (chosen: T) => void,
  ): MenuGroup {
    const items = choices.map(([one, text, icon]) => ({
      id: `${id}-${one}`,
      label: text,
      icon,
      onAction: () => onChoose(one),
    }));
    return { id, label, selected: `${id}-${selected}`, items };
  }
  const isMailbox = place.query === undefined;
  const groups = [
    ...(isMailbox
      ? [
          group("filter", t`Show`, choice.filter ?? "ALL", filters, (one) =>
            arrange({ filter: one === "ALL" ? undefined : one }),
          ),
          group("sort", t`Sort`, choice.sort, sorts, (sort) =>
            // Chosen once more it turns around.
            arrange({ sort: (sort === choice.sort ? opposites[sort] : undefined) ?? sort }),
          ),
        ]
      : []),
    group("density", t`Density`, density, densities, (one) => setPreference("density", one)),
    group("pane", t`Read messages`, pane, panes, (one) => setPreference("pane", one)),
  ];
  return (
    <Menu
      label={t`List options`}
      placement="bottom end"
      groups={groups}
      trigger={(props) => (
        <IconButton {...props} className={styles.options} label={t`List options`}>
          <SlidersHorizontal />
        </IconButton>
      )}
    />
  );
}
