/** Bringing a message to the server and having it sent. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { ScheduleDraftMutation } from "../later";
import { isAddress } from "./addressInput";
import type { Composer } from "./composer";
import { leaveOutUnseen } from "./contentActs";
import { SubmitDraftMutation } from "./documents";
import { crowdWords } from "./RecipientNote";
import { crowdOf } from "./recipients";
import type { Content, Ending, Order, Problem } from "./types";

/** What must be mended before it can go at all. */
export function refusalOf(content: Content, maxRecipients = Infinity): Problem | null {
  const everybody = [...content.to, ...content.cc, ...content.bcc];
  if (everybody.length === 0) {
    return { code: "NO_RECIPIENT", message: t`Say to whom it goes: there is no recipient yet.` };
  }
  const wrong = everybody.find((person) => !isAddress(person.address));
  if (wrong !== undefined) {
    return { code: "BAD_ADDRESS", message: t`“${wrong.address}” is not a mail address.` };
  }
  const crowd = crowdOf(content, maxRecipients);
  if (crowd !== undefined) return { code: "TOO_MANY", message: crowdWords(crowd.count, maxRecipients) };
  const failed = content.attachments.find((file) => file.error !== null && !file.isUnreached);
  if (failed !== undefined) {
    return {
      code: "UPLOAD_FAILED",
      message: t`${failed.name} is not attached. Attach it again or remove it, then send.`,
    };
  }
  return null;
}

/**
 * Uploads what is missing, saves, and submits; gives how it ended, null where it was not wanted any more by the time
 * it would have been submitted. Rejects with why it could not.
 */
export async function deliver(
  composer: Composer,
  order: Order,
  isWanted: () => boolean = () => true,
): Promise<Ending | null> {
  composer.uploads.restart();
  await composer.uploads.settled();
  const { content } = composer.get();
  const refusal = refusalOf(content);
  if (refusal !== null) throw refusal;
  const unreached = content.attachments.find(({ isUnreached }) => isUnreached);
  if (unreached !== undefined) throw { code: "OFFLINE", message: unreached.error ?? "" };
  leaveOutUnseen(composer);
  await composer.save();
  if (!isWanted()) return null;
  const id = composer.get().serverId ?? "";
  // A time that passed meanwhile is now.
  return order.sendAt !== null && Date.parse(order.sendAt) > Date.now()
    ? schedule(composer, id, order.sendAt)
    : sendNow(composer, id, order.undoSeconds);
}

async function sendNow(composer: Composer, id: string, undoSeconds: number): Promise<Ending> {
  const { remindDays } = composer;
  const asked = request(SubmitDraftMutation, { id, remindDays }, { timeoutMs: 60_000 });
  const { submitDraft } = await asked.catch(async (error: unknown) => {
    throw await composer.reasonOf(error);
  });
  const { id: submissionId, releaseAt } = submitDraft;
  composer.apply({ type: "submitted", submissionId, releaseAt });
  return { kind: "sent", submissionId, undoSeconds };
}

async function schedule(composer: Composer, id: string, sendAt: string): Promise<Ending> {
  const { remindDays } = composer;
  const asked = request(ScheduleDraftMutation, { id, sendAt, remindDays }, { timeoutMs: 60_000 });
  await asked.catch(async (error: unknown) => {
    throw await composer.reasonOf(error);
  });
  composer.apply({ type: "submitted", submissionId: id, releaseAt: sendAt });
  return { kind: "scheduled", id, sendAt };
}
