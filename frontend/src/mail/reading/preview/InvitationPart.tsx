/** The invitation that a message brings, above its text. */
import { request } from "@/api";
import { PreviewQuery } from "../documents";
import { useRemote } from "../useRemote";
import { Invitation } from "./Invitation";

export function InvitationPart({ messageId, part }: { messageId: string; part: string }) {
  // What cannot be read is one attachment among the others, no failure of the message.
  const { value } = useRemote(`${messageId} ${part}`, (signal) =>
    request(PreviewQuery, { messageId, part, showImages: false }, { signal }),
  );
  const invitation = value?.attachmentPreview.invitation;
  return invitation ? <Invitation messageId={messageId} part={part} invitation={invitation} /> : null;
}
