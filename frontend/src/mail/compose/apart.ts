/** A window of its own for one message: the browser's window has nothing else in it. */
import { currentPlace } from "@/app";

/** Whether this is one. */
export function isApart(): boolean {
  return currentPlace().route.page === "compose";
}
