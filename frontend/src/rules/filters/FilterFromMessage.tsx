/** "Filter messages like this": the editor with what the message is best recognised by; then, if wanted, its application. */
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { request } from "@/api";
import { QueryScope } from "@/app/QueryScope";
import { toast } from "@/ui";
import { ApplyDialog } from "./ApplyDialog";
import { type Filter, FilterSuggestionQuery, type Suggestion } from "./documents";
import { draftFrom, newCondition } from "./draft";
import { FilterEditor } from "./FilterEditor";
import { useFolders } from "./useFolders";

export type FilterFromMessageProps = { messageId: string; onClose: () => void };

export function FilterFromMessage(props: FilterFromMessageProps) {
  return (
    <QueryScope>
      <FromMessage {...props} />
    </QueryScope>
  );
}

function FromMessage({ messageId, onClose }: FilterFromMessageProps) {
  const { t } = useLingui();
  const { data, error } = useQuery({
    queryKey: ["filterSuggestion", messageId],
    queryFn: ({ signal }) => request(FilterSuggestionQuery, { messageId }, { signal }),
    retry: false,
  });
  const [applied, setApplied] = useState<Filter>();
  const { data: folders = [] } = useFolders();
  const inbox = folders.find(({ specialUse }) => specialUse === "INBOX");
  const ways = useWays(data?.filterSuggestion);

  useEffect(() => {
    if (error === null) return;
    toast({ text: error.message, tone: "danger" });
    onClose();
  }, [error, onClose]);

  if (applied !== undefined && inbox !== undefined)
    return (
      <ApplyDialog
        filter={applied}
        folder={inbox}
        trashId={folders.find(({ specialUse }) => specialUse === "TRASH")?.id}
        onClose={onClose}
      />
    );
  if (data === undefined) return null;
  return (
    <FilterEditor
      title={t`Filter messages like this`}
      draft={draftFrom(data.filterSuggestion)}
      suggestions={ways}
      onSaved={(filter, isApplied) => {
        if (isApplied) setApplied(filter);
        else {
          toast({ text: t`Filter created` });
          onClose();
        }
      }}
      onClose={onClose}
    />
  );
}

/** What the filter could go by, of what the message offers. */
function useWays(found: Suggestion | undefined) {
  const { t } = useLingui();
  if (found === undefined) return [];
  const { sender, senderDomain, listId, subject, detailAddress } = found;
  return [
    listId !== "" && {
      label: t`The list ${listId}`,
      condition: () => newCondition("LIST_ID", { relation: "CONTAINS", value: listId }),
    },
    sender !== "" && {
      label: t`The sender ${sender}`,
      condition: () => newCondition("FROM", { relation: "IS", value: sender }),
    },
    senderDomain !== "" && {
      label: t`Everyone at ${senderDomain}`,
      condition: () => newCondition("FROM", { relation: "DOMAIN", value: senderDomain }),
    },
    detailAddress !== "" && {
      label: t`The address ${detailAddress}`,
      condition: () => newCondition("RECIPIENT", { relation: "IS", value: detailAddress }),
    },
    subject !== "" && {
      label: t`The subject`,
      condition: () => newCondition("SUBJECT", { relation: "CONTAINS", value: subject }),
    },
  ].filter((way) => way !== false);
}
