/** On what the viewer sent: what became of it. Comes after the message, which does not wait for it. */
import { lazy, Suspense } from "react";
import { useViewer } from "@/app";
import { isSameAddress } from "@/lib/addresses";
import { mailStore } from "../mailStore";
import type { MessageDetail } from "../store/types";

const DeliveryPanel = lazy(() =>
  import("@/deliveries").then((module) => ({ default: module.DeliveryPanel })),
);

export function SentDelivery({ detail: { id, row, from } }: { detail: MessageDetail }) {
  const { identities } = useViewer();
  const isSent = mailStore.mailbox(row.mailboxId)?.specialUse === "SENT";
  const isOwn = from.some(({ address }) => identities.some((one) => isSameAddress(one.address, address)));
  if (row.isDraft || !(isSent || isOwn)) return null;
  return (
    <Suspense fallback={null}>
      <DeliveryPanel messageId={id} />
    </Suspense>
  );
}
