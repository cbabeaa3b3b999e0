/** "2 failed", "1 waiting", "3 delivered": what of it there is, trouble first. */
import { useLingui } from "@lingui/react/macro";
import { formatNumber } from "@/lib/numbers";
import type { Standing } from "./standing";

export function useCountWords(): (counts: Record<Standing, number>) => string[] {
  const { t } = useLingui();
  return (counts) => {
    const [refused, failed, waiting, stopped, delivered] = [
      counts.REFUSED,
      counts.FAILED,
      counts.WAITING,
      counts.STOPPED,
      counts.DELIVERED,
    ].map(formatNumber);
    return [
      ...(counts.REFUSED > 0 ? [t`${refused} refused`] : []),
      ...(counts.FAILED > 0 ? [t`${failed} failed`] : []),
      ...(counts.WAITING > 0 ? [t`${waiting} waiting`] : []),
      ...(counts.STOPPED > 0 ? [t`${stopped} stopped`] : []),
      ...(counts.DELIVERED > 0 ? [t`${delivered} delivered`] : []),
    ];
  };
}
