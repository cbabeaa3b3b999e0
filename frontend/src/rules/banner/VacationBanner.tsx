/** "The vacation reply is on until 4 Dec": with a way to turn it off. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Palmtree } from "lucide-react";
import { useEffect, useState } from "react";
import { request } from "@/api";
import { Link, settingsHref } from "@/app";
import { shortDate } from "@/lib/dates";
import { Button, toast } from "@/ui";
import styles from "./Banner.module.css";
import { EndVacationMutation, VacationStandQuery } from "./documents";

export function VacationBanner() {
  const { t } = useLingui();
  const [stand, setStand] = useState<{ isOn: boolean; endsAt: string | null }>();
  useEffect(() => {
    request(VacationStandQuery).then(
      ({ vacation }) => setStand(vacation),
      () => undefined, // Without an answer there is nothing to say.
    );
  }, []);
  if (stand === undefined || !stand.isOn) return null;
  const { endsAt } = stand;
  // It ends when the last day is over.
  const last = endsAt === null ? "" : shortDate(new Date(new Date(endsAt).getTime() - 1).toISOString());

  function turnOff() {
    request(EndVacationMutation).then(
      () => {
        setStand(undefined);
        toast({ text: t`The vacation reply is off` });
      },
      (error: unknown) =>
        toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" }),
    );
  }
  return (
    <div className={styles.banner} role="region" aria-label={t`Vacation reply`}>
      <Palmtree aria-hidden="true" />
      <Link to={settingsHref("vacation")} className={styles.words}>
        {endsAt === null ? (
          <Trans>Your vacation reply is on</Trans>
        ) : (
          <Trans>Your vacation reply is on until {last}</Trans>
        )}
      </Link>
      <Button size="s" onClick={turnOff}>
        <Trans>Turn off</Trans>
      </Button>
    </div>
  );
}
