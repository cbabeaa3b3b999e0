/** The open conversation as it is on the server: what arrives comes in, what is deleted elsewhere leaves. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { mailStore } from "../mailStore";
import { holdPlace } from "./scrolling";

/** Who goes from message to message by key is asked nothing of those passed by. */
const PAUSE_MS = 250;

/** Asks after news; what one looks at stays where it is. `onGone` when the open message itself is no more. */
export function useLiveConversation(
  id: string,
  list: RefObject<HTMLElement | null>,
  onGone: () => void,
): void {
  const age = useSyncExternalStore(mailStore.subscribe, () => mailStore.bodies.age(id));
  const letGo = useRef<() => void>(undefined);
  const latest = useRef(onGone);

  useEffect(() => {
    latest.current = onGone;
  });
  useEffect(() => {
    if (age === 0) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      mailStore.bodies.renew(id).then(
        (put) => {
          if (!isCurrent) return;
          letGo.current = list.current === null ? undefined : holdPlace(list.current);
          put();
          if (mailStore.bodies.peek(id) === undefined) latest.current();
        },
        // Without an answer it stays as it is; the next news asks again.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [id, age, list]);

  useLayoutEffect(() => {
    letGo.current?.();
    letGo.current = undefined;
  });
}
