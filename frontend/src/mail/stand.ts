/** How all that a row of conversations stands for is. */
import type { Row } from "./store/types";

export type Stand = Pick<Row, "isSeen" | "isFlagged" | "keywords">;

export function standOf({ conversation, isSeen, isFlagged, keywords }: Row): Stand {
  if (conversation === null) return { isSeen, isFlagged, keywords };
  const { members } = conversation;
  return {
    isSeen: members.every((member) => member.isSeen),
    isFlagged: members.some((member) => member.isFlagged),
    keywords: conversation.tags.map(({ keyword }) => keyword),
  };
}
