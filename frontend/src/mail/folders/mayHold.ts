/** Which folders a folder can be moved into. */
import type { Mailbox } from "../store/types";

export function mayHold(parent: Mailbox, child: Mailbox): boolean {
  const isPlain = parent.specialUse === null || parent.specialUse === "ARCHIVE";
  const isItself = parent.id === child.id || parent.path.startsWith(`${child.path}/`);
  return isPlain && !isItself && parent.id !== child.parentId && parent.rights.includes("CREATE");
}
