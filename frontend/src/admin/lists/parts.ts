/** The parts of a list's page. */

export type ListPart = "waiting" | "members" | "senders" | "settings";
export const listParts: readonly ListPart[] = ["waiting", "members", "senders", "settings"];
