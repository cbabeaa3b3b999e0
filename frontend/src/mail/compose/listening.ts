/** What this window answers when others of the browser ask about messages being written. */
import { t } from "@lingui/core/macro";
import { toast } from "@/ui";
import { isApart } from "./apart";
import { composerOf, composers, handedOver, putBack, remove } from "./composers";
import { conclude } from "./endings";
import { forgetDraft, keptDraft } from "./localDrafts";
import { outbox, takeOut } from "./outbox";
import { takeUpWaiting } from "./waiting";
import { answering, ask, thisWindow } from "./windows";

/** Whoever asked for a message has it by then; otherwise it goes on here. */
const LENT_MS = 5_000;
/** Others answer for an opener that is gone. */
const OPENER_MS = 150;
/** A window that is loaded anew writes again by then. */
const LEFT_MS = 3_000;
const ASK_MS = 300;

let isListening = false;

/** Answers from now on. */
export function listen(): void {
  if (isListening) return;
  isListening = true;
  answering({
    has: ({ key, serverId }) => {
      const found = [...composers.get(), ...outbox.get()]
        .map((composer) => composer.get())
        .find((one) => one.key === key || (serverId !== undefined && one.serverId === serverId));
      return found && { key: found.key, windowName: window.name };
    },
    give: async ({ key }) => {
      const composer = composerOf(key);
      if (composer === undefined) return undefined;
      if (outbox.get().includes(composer)) {
        takeOut(composer);
        putBack(composer);
      }
      if (composer.get().send.kind === "sending") return undefined;
      const handed = await composer.lend();
      setTimeout(() => composerOf(key) === composer && composer.resume(), LENT_MS);
      return { handed, by: thisWindow };
    },
    took: ({ key, isApart: isOwnWindow }) => {
      const composer = composerOf(key);
      if (composer?.get().isLent) {
        remove(composer);
        if (!isOwnWindow && !isApart()) toast({ text: t`This message is written on in another tab` });
      }
      return undefined;
    },
    listens: async ({ opener }) => {
      if (isApart()) return undefined;
      if (opener !== thisWindow) await new Promise((resolve) => setTimeout(resolve, OPENER_MS));
      return { window: thisWindow };
    },
    ended: ({ to, handed, ending }) => {
      if (to !== thisWindow) return undefined;
      const composer = handedOver(handed);
      composer.stop();
      void conclude(composer, ending);
      return true;
    },
    left: ({ to, key }) => {
      if (to === thisWindow) setTimeout(() => void takeUp(key), LEFT_MS);
      return undefined;
    },
  });
}

/** Saves what stood in a window that was closed while it had something unsaved. */
async function takeUp(key: string): Promise<void> {
  if (composerOf(key) !== undefined || (await ask("has", { key }, ASK_MS)) !== undefined) return;
  const draft = await keptDraft(key);
  if (draft === undefined) return;
  if (draft.order !== undefined) return takeUpWaiting();
  if (draft.isSaved) return forgetDraft(key);
  const composer = handedOver(draft);
  composer.stop();
  await conclude(composer, { kind: "closed" });
}
