/** A message goes on in a browser window of its own. */
import { composeHref, openWindow } from "@/app";
import type { Composer } from "./composer";

/** Opens the window, which asks for the message once it is there; until then it is written here. */
export function popOut(composer: Composer): void {
  if (!openWindow(composeHref(composer.get().key))) return;
  composer.collect();
  void composer.keep();
  // The less is on its way when the window asks, the sooner it has the message.
  if (composer.isChanged) void composer.save().catch(() => undefined);
}
