/** Who wrote a message of a conversation and when, as a heading that is heard: it stands in the head to be seen. */
import { useLingui } from "@lingui/react/macro";
import { nameOf } from "@/lib/addresses";
import { fullTime } from "@/lib/dates";
import type { MessageDetail } from "../store/types";

export function MessageHeading({ detail: { from, sentAt, row } }: { detail: MessageDetail }) {
  const { t } = useLingui();
  const name = nameOf(from[0] ?? row.from);
  const when = fullTime(sentAt ?? row.receivedAt);
  return <h2 className="visually-hidden">{t`${name}, ${when}`}</h2>;
}
