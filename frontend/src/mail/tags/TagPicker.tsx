/** "Tag": all tags in a list that typing filters; the one that is picked is given, or taken away where all have it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Check, Plus } from "lucide-react";
import { Dialog } from "@/ui";
import { type PickItem, PickList } from "@/ui/PickList";
import styles from "./Tags.module.css";
import { makeTag, type Tag, useTags } from "./tags";

export type TagPickerProps = {
  /** Keywords that all of the messages have. */
  given: readonly string[];
  onPick: (tag: Tag, isGiven: boolean) => void;
  onClose: () => void;
};

const NEW = "new";

export function TagPicker({ given, onPick, onClose }: TagPickerProps) {
  const { t } = useLingui();
  const tags = useTags();
  const has = (tag: Tag) => given.includes(tag.keyword);

  function items(text: string): PickItem[] {
    const name = text.trim();
    const isKnown = tags.some((tag) => tag.name.toLowerCase() === name.toLowerCase());
    return [
      ...tags.map((tag) => ({
        id: tag.keyword,
        label: has(tag) ? t`${tag.name}: take away` : tag.name,
        keywords: tag.keyword,
        icon: has(tag) ? <Check /> : <span className={styles.dot} data-hue={tag.hue} />,
      })),
      ...(name === "" || isKnown
        ? []
        : [{ id: NEW, label: t`New tag “${name}”`, icon: <Plus />, isAlways: true }]),
    ];
  }
  function pick(id: string, text: string) {
    const tag = id === NEW ? makeTag(text.trim().slice(0, 60), tags) : tags.find((one) => one.keyword === id);
    onClose();
    if (tag !== undefined) onPick(tag, !has(tag));
  }

  return (
    <Dialog open onClose={onClose} title={t`Tag…`} hideTitle size="palette">
      <PickList
        label={t`Tag…`}
        placeholder={t`Find or make a tag`}
        items={items}
        empty={<Trans>Type a name to make the first tag.</Trans>}
        onPick={pick}
      />
    </Dialog>
  );
}
