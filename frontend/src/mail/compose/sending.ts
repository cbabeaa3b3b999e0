/** Sending: checks, the last save, the submission. */
import { t } from "@lingui/core/macro";
import { request } from "@/api";
import { announce } from "@/app";
import { ScheduleDraftMutation } from "../later";
import { isAddress } from "./addressInput";
import type { Composer } from "./composer";
import { leaveOutUnseen } from "./contentActs";
import { SubmitDraftMutation } from "./documents";
import { end } from "./endings";
import { problemOf } from "./problems";
import type { Content, Problem } from "./types";

/** What must be mended before it can go at all. */
export function refusalOf(content: Content): Problem | null {
  const everybody = [...content.to, ...content.cc, ...content.bcc];
  if (everybody.length === 0) {
    return { code: "NO_RECIPIENT", message: t`Say to whom it goes: there is no recipient yet.` };
  }
  const wrong = everybody.find((person) => !isAddress(person.address));
  if (wrong !== undefined) {
    return { code: "BAD_ADDRESS", message: t`“${wrong.address}” is not a mail address.` };
  }
  const failed = content.attachments.find((file) => file.error !== null);
  if (failed !== undefined) {
    return {
      code: "UPLOAD_FAILED",
      message: t`${failed.name} is not attached. Attach it again or remove it, then send.`,
    };
  }
  return null;
}

/** Sends, now or at a time; whatever is refused is shown in the composer, which stays. */
export async function send(composer: Composer, undoSeconds: number, at?: Date): Promise<void> {
  if (composer.get().send.kind === "sending" || composer.get().send.kind === "held") return;
  const before = refusalOf(composer.collect());
  if (before !== null) return composer.apply({ type: "refused", problem: before, during: "sending" });
  composer.apply({ type: "sendStarted" });
  try {
    await composer.uploads.settled();
    const after = refusalOf(composer.get().content);
    if (after !== null) throw after;
    leaveOutUnseen(composer);
    await composer.save();
    const id = composer.get().serverId ?? "";
    if (at === undefined) await sendNow(composer, id, undoSeconds);
    else await schedule(composer, id, at);
  } catch (error) {
    composer.apply({ type: "refused", problem: problemOf(error) });
    announce(t`The message was not sent`);
  }
}

async function sendNow(composer: Composer, id: string, undoSeconds: number): Promise<void> {
  const { remindDays } = composer;
  const asked = request(SubmitDraftMutation, { id, remindDays }, { timeoutMs: 60_000 });
  const { submitDraft } = await asked.catch(async (error: unknown) => {
    throw await composer.reasonOf(error);
  });
  const { id: submissionId, releaseAt } = submitDraft;
  composer.apply({ type: "submitted", submissionId, releaseAt });
  void end(composer, { kind: "sent", submissionId, undoSeconds });
}

async function schedule(composer: Composer, id: string, at: Date): Promise<void> {
  const { remindDays } = composer;
  const sendAt = at.toISOString();
  const asked = request(ScheduleDraftMutation, { id, sendAt, remindDays }, { timeoutMs: 60_000 });
  await asked.catch(async (error: unknown) => {
    throw await composer.reasonOf(error);
  });
  composer.apply({ type: "submitted", submissionId: id, releaseAt: sendAt });
  void end(composer, { kind: "scheduled", id, sendAt });
}
