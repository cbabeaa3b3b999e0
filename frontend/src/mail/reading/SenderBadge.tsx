/** What is known of who wrote: a word beside the name, and the reason for it one press away. */
import { Trans, useLingui } from "@lingui/react/macro";
import { BadgeCheck, ShieldAlert } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Popover } from "@/ui";
import type { MessageDetail } from "../store/types";
import styles from "./Origin.module.css";
import { Reason } from "./Reason";

type Origin = MessageDetail["origin"];

export function SenderBadge({ origin }: { origin: Origin }) {
  const { t } = useLingui();
  switch (origin.standing) {
    case "VERIFIED":
      return (
        <Badge origin={origin} tone="ok" icon={<BadgeCheck aria-hidden="true" />}>
          {t`Verified`}
        </Badge>
      );
    case "FAILED":
      return (
        <Badge origin={origin} tone="danger" icon={<ShieldAlert aria-hidden="true" />}>
          {t`Sender is not who it says`}
        </Badge>
      );
    case "UNPROVEN":
      return <Badge origin={origin}>{t`Not verified`}</Badge>;
    case "SIGNED":
      return (
        <Badge origin={origin}>{origin.signers[0] ? t`via ${origin.signers[0]}` : t`Not verified`}</Badge>
      );
    case "UNCHECKED":
      return null;
  }
}

type BadgeProps = { origin: Origin; tone?: "ok" | "danger"; icon?: ReactNode; children: string };

function Badge({ origin, tone, icon, children }: BadgeProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        ref={button}
        className={styles.badge}
        data-tone={tone}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {icon}
        {children}
      </button>
      <Popover open={isOpen} onClose={() => setOpen(false)} triggerRef={button} label={children}>
        <div className={styles.reason}>
          <Reason origin={origin} />
          <p className={styles.fine}>
            <Trans>
              This server found this out when the message came. What a message says of itself does not count.
            </Trans>
          </p>
        </div>
      </Popover>
    </>
  );
}
