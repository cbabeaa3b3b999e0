/** The tags in the side: each is a view of all messages that have it, and a place to drop messages on. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis } from "lucide-react";
import { useEffect, useState } from "react";
import { graphql, request } from "@/api";
import { Link, searchHref, whenIdle } from "@/app";
import { IconButton, Menu, onDemand } from "@/ui";
import folderStyles from "../folders/FolderPane.module.css";
import type { TagTask } from "./TagDialog";
import styles from "./Tags.module.css";
import { learnTags, type Tag, useTags } from "./tags";

const TagDialog = onDemand(async () => (await import("./TagDialog")).TagDialog);

const TagsQuery = graphql(`
  query Tags {
    tags
  }
`);

export type TagSectionProps = { query: string | undefined; onNavigate: () => void };

export function TagSection({ query, onNavigate }: TagSectionProps) {
  const { t } = useLingui();
  const tags = useTags();
  const [task, setTask] = useState<TagTask>();

  useEffect(() => {
    // Without an answer the tags of the rows that are seen are known all the same.
    whenIdle(() =>
      request(TagsQuery).then(
        (answer) => learnTags(answer.tags),
        () => undefined,
      ),
    );
  }, []);

  if (tags.length === 0) return null;
  return (
    <>
      <h2 className={folderStyles.heading}>
        <Trans>Tags</Trans>
      </h2>
      <ul>
        {tags.map((tag) => (
          <li
            key={tag.keyword}
            className={folderStyles.item}
            style={{ "--level": 0 }}
            data-drop-tag={tag.keyword}
          >
            <Link
              to={searchHref({ q: `tag:${tag.keyword}` })}
              className={folderStyles.folder}
              aria-current={query === `tag:${tag.keyword}` ? "page" : undefined}
              onClick={onNavigate}
            >
              <span className={styles.dot} data-hue={tag.hue} aria-hidden="true" />
              <span className={folderStyles.name}>{tag.name}</span>
            </Link>
            <TagMenu tag={tag} label={t`${tag.name}: more`} onTask={setTask} />
          </li>
        ))}
      </ul>
      {task !== undefined && <TagDialog task={task} onClose={() => setTask(undefined)} />}
    </>
  );
}

function TagMenu({ tag, label, onTask }: { tag: Tag; label: string; onTask: (task: TagTask) => void }) {
  const { t } = useLingui();
  const items = [
    { id: "edit", label: t`Name and colour…`, onAction: () => onTask({ kind: "edit", tag }) },
    { id: "remove", label: t`Remove`, danger: true, onAction: () => onTask({ kind: "remove", tag }) },
  ];
  return (
    <Menu
      label={tag.name}
      groups={[{ id: "tag", items }]}
      trigger={(props) => (
        <IconButton {...props} size="s" className={folderStyles.more} label={label}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
