/** On a message that the user sent: how it stands, in a line, and opened for each recipient. */
import { Plural, Trans } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { request } from "@/api";
import { relativeTime } from "@/lib/dates";
import { formatList } from "@/lib/numbers";
import styles from "./Deliveries.module.css";
import { type Delivery, MessageDeliveryQuery } from "./documents";
import { Recipients } from "./Recipients";
import { StandingWord } from "./StandingWord";
import { countsOf, nextOf, standingOf } from "./standing";
import { useCountWords } from "./useCountWords";

const AGAIN_MS = 15_000;

export function DeliveryPanel({ messageId }: { messageId: string }) {
  const delivery = useDelivery(messageId);
  if (delivery === null || delivery === undefined) return null;
  return <Panel delivery={delivery} />;
}

/** Asked again while something waits; without an answer the message simply has no such line. */
function useDelivery(messageId: string): Delivery | null | undefined {
  const [found, setFound] = useState<{ messageId: string; delivery: Delivery | null }>();
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      try {
        const { found: delivery } = await request(
          MessageDeliveryQuery,
          { id: messageId },
          { signal: leaving.signal },
        );
        setFound({ messageId, delivery });
        if (delivery !== null && countsOf(delivery).WAITING > 0) timer = setTimeout(ask, AGAIN_MS);
      } catch {
        if (!leaving.signal.aborted) timer = setTimeout(ask, AGAIN_MS);
      }
    }
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [messageId]);
  return found?.messageId === messageId ? found.delivery : undefined;
}

function Panel({ delivery }: { delivery: Delivery }) {
  const words = useCountWords();
  const standing = standingOf(delivery);
  const [isOpen, setOpen] = useState(standing === "FAILED");
  const counts = countsOf(delivery);
  const next = nextOf(delivery);
  const when = next !== null && new Date(next) > new Date() ? relativeTime(next) : undefined;
  if (standing === undefined) return null;
  const isAlike = counts[standing] === delivery.recipients.length;
  return (
    <details className={styles.panel} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.panelHead}>
        <StandingWord standing={standing} />
        <span className={styles.panelText}>
          {isAlike ? (
            <Plural value={delivery.recipientCount} one="to # recipient" other="to # recipients" />
          ) : (
            formatList(words(counts))
          )}
          {when !== undefined && (
            <>
              {" · "}
              <Trans>next attempt {when}</Trans>
            </>
          )}
        </span>
        <ChevronDown aria-hidden="true" />
      </summary>
      <div className={styles.panelBody}>
        <Recipients recipients={delivery.recipients} />
      </div>
    </details>
  );
}
