/** Keeps mail of the viewer on this device, and says when the server is out of reach. */
import { t } from "@lingui/core/macro";
import { useEffect, useSyncExternalStore } from "react";
import { whenIdle } from "@/app";
import { toast } from "@/ui";
import { mailServer } from "../server";

const load = () => import("./savedMail");

export function useOffline(viewerId: string, isReady: boolean): boolean {
  useEffect(() => {
    const opening = load().then(({ SavedMail }) => SavedMail.open(viewerId));
    const usable = opening.catch(() => null);
    mailServer.begin(usable, (reason) =>
      toast({ text: t`Something done without a connection was not taken: ${reason}`, tone: "danger" }),
    );
    addEventListener("offline", mailServer.noteOffline);
    return () => {
      removeEventListener("offline", mailServer.noteOffline);
      void usable.then((saved) => saved?.close());
      mailServer.begin(Promise.resolve(null), () => undefined);
    };
  }, [viewerId]);

  useEffect(() => {
    if (!isReady) return;
    let isOver = false;
    whenIdle(() => {
      void Promise.all([mailServer.saved(), import("./fill")])
        .then(([saved, { fill }]) => (saved === null || isOver ? undefined : fill(saved, () => isOver)))
        // The next visit reads on.
        .catch(() => undefined);
    });
    return () => {
      isOver = true;
    };
  }, [viewerId, isReady]);

  return useIsOffline();
}

/** Whether the server could not be reached the last time. */
export function useIsOffline(): boolean {
  return useSyncExternalStore(mailServer.subscribe, mailServer.isOffline);
}
