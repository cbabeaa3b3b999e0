/** Kept searches, in the side pane below the folders. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, SearchCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { currentPlace, Link, navigate, searchHref } from "@/app";
import { Confirm, IconButton, Menu, toast } from "@/ui";
import pane from "../folders/FolderPane.module.css";
import { SaveSearchDialog } from "./SaveSearchDialog";
import { deleteSaved, loadSaved, type Saved, useSaved } from "./saved";

type Task = { kind: "rename" | "delete"; search: Saved };

export function SavedSearches({ query, onNavigate }: { query: string | undefined; onNavigate: () => void }) {
  const { t } = useLingui();
  const saved = useSaved();
  const [task, setTask] = useState<Task>();

  // Who looks at one stays with it when its words change, as they do with the name of a folder.
  const known = useRef(saved);
  useEffect(() => {
    const shown = known.current.find((one) => one.query === query);
    const now = saved.find(({ id }) => id === shown?.id);
    known.current = saved;
    const { route } = currentPlace();
    if (now === undefined || now.query === query || route.page !== "search") return;
    const { page: _, ...search } = route;
    navigate(searchHref({ ...search, q: now.query }), { replace: true });
  }, [saved, query]);

  useEffect(() => {
    loadSaved().catch(() => undefined); // They are shown when they can be read; the mail does not wait for them.
  }, []);

  function remove({ search }: Task) {
    deleteSaved(search.id)
      .then(() => setTask(undefined))
      .catch((problem: unknown) => {
        toast({ text: problem instanceof Error ? problem.message : String(problem), tone: "danger" });
      });
  }
  if (saved.length === 0) return null;
  return (
    <section aria-labelledby="saved-searches">
      <h2 className={pane.heading} id="saved-searches">
        <Trans>Saved searches</Trans>
      </h2>
      <ul>
        {saved.map((search) => (
          <li key={search.id} className={pane.item}>
            <Link
              to={searchHref({ q: search.query })}
              className={pane.folder}
              aria-current={search.query === query ? "page" : undefined}
              onClick={onNavigate}
            >
              <SearchCheck aria-hidden="true" />
              <span className={pane.name}>{search.name}</span>
            </Link>
            <Menu
              label={search.name}
              groups={[
                {
                  id: "search",
                  items: [
                    { id: "rename", label: t`Rename`, onAction: () => setTask({ kind: "rename", search }) },
                    {
                      id: "delete",
                      label: t`Delete`,
                      danger: true,
                      onAction: () => setTask({ kind: "delete", search }),
                    },
                  ],
                },
              ]}
              trigger={(props) => (
                <IconButton {...props} size="s" className={pane.more} label={t`${search.name}: more`}>
                  <Ellipsis />
                </IconButton>
              )}
            />
          </li>
        ))}
      </ul>
      {task?.kind === "rename" && (
        <SaveSearchDialog query={task.search.query} search={task.search} onClose={() => setTask(undefined)} />
      )}
      <Confirm
        open={task?.kind === "delete"}
        title={t`Delete this saved search?`}
        action={<Trans>Delete</Trans>}
        danger
        onClose={() => setTask(undefined)}
        onConfirm={() => task !== undefined && remove(task)}
      >
        <p>
          <Trans>The messages it finds stay where they are.</Trans>
        </p>
      </Confirm>
    </section>
  );
}
