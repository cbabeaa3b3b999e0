/** One message from its head to its files. */
import type { ReactNode } from "react";
import type { MessageDetail } from "../store/types";
import { DeliveryReports } from "./DeliveryReports";
import { MessageBody } from "./MessageBody";
import { MessageHead } from "./MessageHead";
import { SentDelivery } from "./SentDelivery";
import { Unsubscribe } from "./Unsubscribe";

export function MessageView({ detail, menu }: { detail: MessageDetail; menu?: ReactNode }) {
  return (
    <>
      <MessageHead detail={detail} menu={menu} />
      <SentDelivery detail={detail} />
      <DeliveryReports reports={detail.deliveryReports} />
      <Unsubscribe detail={detail} />
      <MessageBody detail={detail} />
    </>
  );
}
