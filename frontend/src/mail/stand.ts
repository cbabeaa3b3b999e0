/** How all that a row of conversations stands for is. */
import type { Row } from "./store/types";

export type Stand = { isSeen: boolean; isFlagged: boolean };

export function standOf({ conversation, isSeen, isFlagged }: Row): Stand {
  if (conversation === null) return { isSeen, isFlagged };
  const { members } = conversation;
  return {
    isSeen: members.every((member) => member.isSeen),
    isFlagged: members.some((member) => member.isFlagged),
  };
}
