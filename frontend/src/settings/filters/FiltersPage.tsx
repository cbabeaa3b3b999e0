/** One's filters: the list, the editor, and applying one to the inbox. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { ListFilter, Plus } from "lucide-react";
import { useState } from "react";
import { request } from "@/api";
import {
  ApplyDialog,
  CreateFilterMutation,
  draftOf,
  emptyDraft,
  type Filter,
  FilterEditor,
  FilterList,
  FiltersQuery,
  inputOfFilter,
  RemoveFilterMutation,
  ReorderFiltersMutation,
  SetFilterEnabledMutation,
  useFolders,
} from "@/rules";
import { Button, Empty, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";

export function FiltersPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("filters", FiltersQuery, {});
  const [edited, setEdited] = useState<Filter | "new">();
  const [applied, setApplied] = useState<Filter>();
  const { data: folders = [] } = useFolders();
  const acts = useActs();
  const inbox = folders.find(({ specialUse }) => specialUse === "INBOX");

  function onSaved(filter: Filter, isApplied: boolean) {
    setEdited(undefined);
    if (isApplied) setApplied(filter);
    else toast({ text: edited === "new" ? t`Filter created` : t`Filter saved` });
  }
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setEdited("new")}>
      <Trans>New filter</Trans>
    </Button>
  );
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          Filters run on new mail from top to bottom, on whichever device you read it. You can also make one
          from a message, by its menu.
        </Trans>
      </p>
      <Loaded query={query}>
        {(data) => (
          <div className={styles.part}>
            {data.filters.length === 0 ? (
              <div className={styles.wide}>
                <Empty icon={<ListFilter />} title={<Trans>No filters yet.</Trans>} action={add}>
                  <Trans>For example: mail of a mailing list goes to a folder of its own.</Trans>
                </Empty>
              </div>
            ) : (
              <>
                {add}
                <FilterList
                  filters={data.filters}
                  onEdit={setEdited}
                  onApply={setApplied}
                  onRemove={acts.remove}
                  onEnable={acts.enable}
                  onReorder={acts.reorder}
                />
              </>
            )}
            {acts.refusal !== undefined && (
              <p className={styles.refusal} role="alert">
                {acts.refusal.message}
              </p>
            )}
          </div>
        )}
      </Loaded>
      {edited !== undefined && (
        <FilterEditor
          title={edited === "new" ? t`New filter` : t`Edit filter`}
          draft={edited === "new" ? emptyDraft() : draftOf(edited)}
          {...(edited !== "new" && { id: edited.id })}
          onSaved={onSaved}
          onClose={() => setEdited(undefined)}
        />
      )}
      {applied !== undefined && inbox !== undefined && (
        <ApplyDialog
          filter={applied}
          folder={inbox}
          trashId={folders.find(({ specialUse }) => specialUse === "TRASH")?.id}
          onClose={() => setApplied(undefined)}
        />
      )}
    </>
  );
}

/** What is done to filters in the list; each is seen at once and put back where it is refused. */
function useActs() {
  const { t } = useLingui();
  const client = useQueryClient();
  const { change, refusal } = useChange();
  const key = ["settings", "filters", {}];

  function show(next: (filters: readonly Filter[]) => readonly Filter[]) {
    client.setQueryData<{ filters: readonly Filter[] }>(
      key,
      (data) => data && { filters: next(data.filters) },
    );
  }
  async function put(verb: () => Promise<unknown>): Promise<boolean> {
    const done = await change(verb);
    if (done === undefined) await client.invalidateQueries({ queryKey: key });
    return done !== undefined;
  }
  async function remove(filter: Filter, position: number) {
    show((all) => all.filter(({ id }) => id !== filter.id));
    if (!(await put(() => request(RemoveFilterMutation, { id: filter.id })))) return;
    const { name } = filter;
    const back = { input: inputOfFilter(filter), position };
    toast({
      text: t`Removed: ${name}`,
      ...(filter.trouble === null && {
        action: { label: t`Undo`, onAction: () => void put(() => request(CreateFilterMutation, back)) },
      }),
    });
  }
  return {
    refusal,
    remove: (filter: Filter, position: number) => void remove(filter, position),
    enable: (filter: Filter, isEnabled: boolean) => {
      show((all) => all.map((one) => (one.id === filter.id ? { ...one, isEnabled } : one)));
      void put(() => request(SetFilterEnabledMutation, { id: filter.id, isEnabled }));
    },
    reorder: (ids: string[]) => {
      show((all) => ids.flatMap((id) => all.find((one) => one.id === id) ?? []));
      void put(() => request(ReorderFiltersMutation, { ids }));
    },
  };
}
