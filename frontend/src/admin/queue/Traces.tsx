/** What happened to each recipient, attempt by attempt. */
import { Plural, Trans } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { Steps } from "@/deliveries";
import styles from "../Admin.module.css";
import type { TracedRecipient } from "./documents";
import queue from "./Queue.module.css";

/** So few are shown open. */
const FEW = 3;

export function Traces({ recipients }: { recipients: readonly TracedRecipient[] }) {
  const traced = recipients.filter(({ trace }) => trace.length > 0);
  if (traced.length === 0) return null;
  return (
    <section className={queue.traces}>
      <h2 className={styles.subtitle}>
        <Trans>What happened</Trans>
      </h2>
      {traced.map(({ id, address, trace }) => (
        <details key={id} className={queue.trace} open={traced.length <= FEW}>
          <summary className={queue.summary}>
            <ChevronRight aria-hidden="true" />
            <span className={queue.address}>{address}</span>
            <span className={queue.entries}>
              <Plural value={trace.length} one="# entry" other="# entries" />
            </span>
          </summary>
          <Steps address={address} trace={trace} />
        </details>
      ))}
    </section>
  );
}
