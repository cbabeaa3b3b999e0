/** Filters in words. */
import { useLingui } from "@lingui/react/macro";
import type { FilterAct, FilterField, FilterRelation } from "@/api";
import { formatBytes } from "@/lib/bytes";
import { locale } from "@/lib/locale";
import { formatList } from "@/lib/numbers";
import type { Filter } from "./documents";

type Condition = Filter["conditions"][number];
type Action = Filter["actions"][number];

export function useFilterWords() {
  const { t } = useLingui();

  const fieldNames: Record<FilterField, string> = {
    FROM: t`Sender`,
    RECIPIENT: t`Any recipient`,
    TO: t`To`,
    CC: t`Cc`,
    SUBJECT: t`Subject`,
    BODY: t`Text`,
    ATTACHMENT: t`Attachment`,
    ATTACHMENT_NAME: t`Name of an attachment`,
    SIZE: t`Size`,
    MAILING_LIST: t`Mailing list`,
    LIST_ID: t`List address (List-Id)`,
    PRIORITY: t`Priority`,
    SPAM: t`Spam verdict`,
    HEADER: t`Another header field`,
  };
  const actNames: Record<FilterAct, string> = {
    MOVE: t`Move to folder`,
    COPY: t`Copy to folder`,
    TAG: t`Add a tag`,
    READ: t`Mark as read`,
    STAR: t`Add a star`,
    ARCHIVE: t({ message: "Archive", context: "folder" }),
    JUNK: t`Move to Junk`,
    DELETE: t`Move to Trash`,
    FORWARD: t`Forward to`,
  };
  const priorities: Record<string, string> = { high: t`high`, normal: t`normal`, low: t`low` };

  function relationName(field: FilterField, relation: FilterRelation, isNegated: boolean): string {
    if (field === "ATTACHMENT") return isNegated ? t`has none` : t`has one`;
    if (field === "MAILING_LIST") return isNegated ? t`was not sent by one` : t`was sent by one`;
    if (field === "SPAM") return isNegated ? t`not called spam elsewhere` : t`called spam elsewhere`;
    switch (relation) {
      case "CONTAINS":
        return isNegated ? t`does not contain` : t`contains`;
      case "IS":
        return isNegated ? t`is not` : t`is`;
      case "BEGINS":
        return isNegated ? t`does not begin with` : t`begins with`;
      case "ENDS":
        return isNegated ? t`does not end with` : t`ends with`;
      case "MATCHES":
        return isNegated ? t`does not match` : t`matches (* and ?)`;
      case "DOMAIN":
        return isNegated ? t`is not at` : t`is at`;
      case "EXISTS":
        return isNegated ? t`is absent` : t`is there`;
      case "OVER":
        return isNegated ? t`is not over` : t`is over`;
      case "UNDER":
        return isNegated ? t`is not under` : t`is under`;
    }
  }

  function subjectOf({ field, header }: Condition): string {
    const names: Partial<Record<FilterField, string>> = {
      FROM: t`sender`,
      RECIPIENT: t`a recipient`,
      SUBJECT: t`subject`,
      BODY: t`text`,
      ATTACHMENT_NAME: t`name of an attachment`,
      SIZE: t`size`,
      LIST_ID: t`list`,
      PRIORITY: t`priority`,
      HEADER: header,
    };
    return names[field] ?? fieldNames[field];
  }

  function condition(one: Condition): string {
    if (one.field === "ATTACHMENT") return one.isNegated ? t`it has no attachment` : t`it has an attachment`;
    if (one.field === "MAILING_LIST")
      return one.isNegated ? t`no mailing list sent it` : t`a mailing list sent it`;
    if (one.field === "SPAM")
      return one.isNegated ? t`no server before called it spam` : t`a server before called it spam`;
    const what = subjectOf(one);
    const how =
      one.relation === "MATCHES" && !one.isNegated
        ? t`matches`
        : relationName(one.field, one.relation, one.isNegated);
    if (one.relation === "EXISTS") return t`${what} ${how}`;
    const value =
      one.field === "SIZE"
        ? formatBytes(Number(one.value))
        : one.field === "PRIORITY"
          ? (priorities[one.value] ?? one.value)
          : one.value;
    return t`${what} ${how} ${value}`;
  }

  function action(one: Action): string {
    const path = (one.path ?? "?").replaceAll("/", " / ");
    const keyword = one.keyword ?? "";
    switch (one.act) {
      case "MOVE":
        return t`move it to ${path}`;
      case "COPY":
        return t`copy it to ${path}`;
      case "TAG":
        return t`tag it ${keyword}`;
      case "READ":
        return t`mark it as read`;
      case "STAR":
        return t`star it`;
      case "ARCHIVE":
        return t`archive it`;
      case "JUNK":
        return t`move it to Junk`;
      case "DELETE":
        return t`move it to Trash`;
      case "FORWARD": {
        const addresses = formatList(one.addresses);
        return t`forward it to ${addresses}`;
      }
    }
  }

  function conditions({ match, conditions: all }: Pick<Filter, "match" | "conditions">): string {
    const type = match === "ALL" ? "conjunction" : "disjunction";
    return new Intl.ListFormat(locale(), { style: "long", type }).format(all.map(condition));
  }

  return {
    fieldNames,
    actNames,
    priorities,
    relationName,
    conditions,
    actions: (all: Filter["actions"]) => formatList(all.map(action)),
  };
}
