/** The queue: messages on their way, the destinations they wait for, and what was never let in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CirclePause } from "lucide-react";
import { useState } from "react";
import { adminHref, navigate, useCan } from "@/app";
import { RefusedMail } from "@/deliveries";
import { Button, Tabs } from "@/ui";
import { PageHead } from "../shared/PageHead";
import { DestinationsTab } from "./DestinationsTab";
import { MessagesTab } from "./MessagesTab";
import { PauseAllConfirm, PauseBanner, usePauses } from "./PauseBanner";

export type QueueTab = "queue" | "destinations" | "refused";

export function QueuePage({ tab }: { tab: QueueTab }) {
  const { t } = useLingui();
  const canManage = useCan("SPOOL_MANAGE");
  const [isAsking, setAsking] = useState(false);
  const { all } = usePauses();
  const tabs = [
    { id: "queue", label: t`Messages`, content: <MessagesTab /> },
    { id: "destinations", label: t`Destinations`, content: <DestinationsTab /> },
    { id: "refused", label: t`Refused`, content: <RefusedMail /> },
  ];
  return (
    <>
      <PageHead title={t`Queue`} part={tabs.find(({ id }) => id === tab)?.label}>
        {canManage && all === undefined && (
          <Button icon={<CirclePause />} onClick={() => setAsking(true)}>
            <Trans>Pause all sending…</Trans>
          </Button>
        )}
      </PageHead>
      <PauseBanner />
      <Tabs
        label={t`Parts of the queue`}
        selected={tab}
        onSelect={(next) => navigate(adminHref(next === "queue" ? "queue" : `queue/${next}`))}
        tabs={tabs}
      />
      {isAsking && <PauseAllConfirm onClose={() => setAsking(false)} />}
    </>
  );
}
