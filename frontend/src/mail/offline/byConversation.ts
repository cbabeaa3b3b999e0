/** Rows of messages as a list of conversations: the newest of each, with what it stands for as far as it is known here. */
import type { Row } from "../store/types";

/** `rows` are newest first, and so is what comes of them. */
export function byConversation(rows: readonly Row[]): Row[] {
  const threads = new Map<string, Row[]>();
  for (const row of rows) {
    const thread = threads.get(row.threadId);
    if (thread === undefined) threads.set(row.threadId, [row]);
    else thread.push(row);
  }
  return [...threads.values()].flatMap((messages) => {
    const [newest] = messages;
    if (newest === undefined) return [];
    const members = messages.map(({ id, isSeen, isFlagged }) => ({ id, isSeen, isFlagged }));
    const people = [...new Map(messages.map(({ from }) => [from.address, from])).values()].reverse();
    const names = [...new Set(messages.flatMap((message) => message.keywords))];
    const tags = names.map((keyword) => ({
      keyword,
      ids: messages.filter((message) => message.keywords.includes(keyword)).map(({ id }) => id),
    }));
    return [{ ...newest, conversation: { members, tags, people: newest.conversation?.people ?? people } }];
  });
}
