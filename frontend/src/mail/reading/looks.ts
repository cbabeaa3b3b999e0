/** How mail of a sender is shown, as chosen here and kept by the server; every message of the sender follows at once. */
import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";
import { request } from "@/api";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import type { MessageDetail } from "../store/types";
import { SetSenderLookMutation } from "./documents";

export type Look = MessageDetail["senderLook"];

/** What was chosen since the messages were fetched, by address. */
const chosen = new Map<string, Look>();
const listeners = new Set<() => void>();

function senderOf(detail: MessageDetail): string {
  return (detail.from[0]?.address ?? "").toLowerCase();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLook(detail: MessageDetail): Look {
  return useSyncExternalStore(subscribe, () => chosen.get(senderOf(detail)) ?? detail.senderLook);
}

function set(address: string, look: Look | undefined) {
  if (look === undefined) chosen.delete(address);
  else chosen.set(address, look);
  for (const listener of listeners) listener();
}

/** Chooses and remembers; what the server refuses is put back. */
export async function chooseLook(detail: MessageDetail, change: Partial<Look>): Promise<void> {
  const address = senderOf(detail);
  const before = chosen.get(address);
  const look = { ...(before ?? detail.senderLook), ...change };
  set(address, look);
  if (address === "") return;
  try {
    await request(SetSenderLookMutation, { address, ...look });
    mailStore.bodies.forgetWhere((one) => one.id !== detail.id && senderOf(one) === address);
  } catch (error) {
    set(address, before);
    toast({
      text: error instanceof Error ? error.message : t`This could not be remembered.`,
      tone: "danger",
    });
  }
}
