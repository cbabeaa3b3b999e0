/** Leaving the list a message came from: one press and one question; the server does it, or a page opens. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { nameOf } from "@/lib/addresses";
import { shortDate } from "@/lib/dates";
import { Confirm, toast } from "@/ui";
import { mailStore } from "../mailStore";
import type { MessageDetail } from "../store/types";
import { UnsubscribeMutation } from "./documents";
import styles from "./Unsubscribe.module.css";

export function Unsubscribe({ detail }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [done, setDone] = useState<string>();
  const offer = detail.unsubscribe;
  if (offer === null) return null;
  const leftAt = done ?? offer.leftAt;
  const from = nameOf(detail.from[0] ?? detail.row.from);

  async function leave() {
    if (offer === null) return;
    setPending(true);
    // A window has to be opened while the press is fresh, or the browser takes it for a pop-up.
    if (offer.way === "WEB") window.open(offer.target, "_blank", "noopener,noreferrer");
    try {
      const { unsubscribe } = await request(UnsubscribeMutation, { messageId: detail.id });
      setDone(unsubscribe.leftAt ?? undefined);
      mailStore.bodies.forgetWhere((one) => one.id !== detail.id && one.unsubscribe?.target === offer.target);
      toast({ text: offer.way === "WEB" ? t`The list's page is open` : t`Unsubscribed from ${from}` });
      setAsked(false);
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : t`This did not work.`, tone: "danger" });
    } finally {
      setPending(false);
    }
  }

  return (
    <div className={styles.list}>
      {leftAt === null ? (
        <Trans>This came from a mailing list.</Trans>
      ) : (
        <Trans>You asked to leave this list on {shortDate(leftAt)}.</Trans>
      )}{" "}
      <button type="button" onClick={() => setAsked(true)}>
        {leftAt === null ? t`Unsubscribe` : t`Ask again`}
      </button>
      <Confirm
        open={isAsked}
        title={t`Unsubscribe from ${from}?`}
        action={offer.way === "WEB" ? t`Open the page` : t`Unsubscribe`}
        pending={isPending}
        onConfirm={() => void leave()}
        onClose={() => setAsked(false)}
      >
        <How way={offer.way} target={offer.target} />
      </Confirm>
    </div>
  );
}

function How({ way, target }: { way: NonNullable<MessageDetail["unsubscribe"]>["way"]; target: string }) {
  switch (way) {
    case "POST":
      return (
        <p>
          <Trans>
            This server asks {hostOf(target)} to take you off the list. They learn nothing else of you.
          </Trans>
        </p>
      );
    case "MAIL":
      return (
        <p>
          <Trans>A letter to {target} asks to take you off the list; it will be in Sent.</Trans>
        </p>
      );
    case "WEB":
      return (
        <p>
          <Trans>A page of {hostOf(target)} opens, where you can leave the list.</Trans>
        </p>
      );
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
