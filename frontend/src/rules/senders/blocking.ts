/** Blocking the sender of a message. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { toast } from "@/ui";
import { AddSenderMutation, RemoveSenderMutation } from "./documents";

/** Future mail of that address is put aside; told in a notice, with the way back. */
export async function blockSender(address: string): Promise<void> {
  const fail = (error: unknown) =>
    toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
  try {
    await request(AddSenderMutation, { kind: "BLOCKED", address });
  } catch (error) {
    fail(error);
    return;
  }
  const undo = () => {
    request(RemoveSenderMutation, { kind: "BLOCKED", address }).then(
      () => toast({ text: t`${address} is not blocked any more` }),
      fail,
    );
  };
  toast({ text: t`Blocked: ${address}`, action: { label: t`Undo`, onAction: undo } });
}
