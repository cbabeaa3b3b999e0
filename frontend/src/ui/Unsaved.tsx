/** Stands in a form while something in it is not saved: the page is left, and the tab closed, only after a yes. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { pageHistory } from "@/lib/pageHistory";
import { Confirm } from "./Dialog";

export function Unsaved() {
  const { t } = useLingui();
  const [leave, setLeave] = useState<() => void>();
  useEffect(() => pageHistory.guard((goOn) => setLeave(() => goOn)), []);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);

  return (
    <Confirm
      open={leave !== undefined}
      title={t`Leave without saving?`}
      action={<Trans>Leave</Trans>}
      danger
      onConfirm={() => {
        setLeave(undefined);
        leave?.();
      }}
      onClose={() => setLeave(undefined)}
    >
      <Trans>What you changed here is not saved yet.</Trans>
    </Confirm>
  );
}
