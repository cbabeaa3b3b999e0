/** A dialog over the page, and the short question "do this?" made of it. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { loadOverlays } from "./loadOverlays";
import { onDemand } from "./onDemand";
import { useLayer } from "./useLayer";

export type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The title is only spoken. */
  hideTitle?: boolean;
  size?: "s" | "m" | "l" | "palette";
  role?: "dialog" | "alertdialog";
  /** False: neither Escape, Back nor a press outside closes it. */
  dismissable?: boolean;
  footer?: ReactNode;
  children: ReactNode;
};

const ModalPanel = onDemand(async () => (await loadOverlays()).ModalPanel);

export function Dialog(props: DialogProps) {
  const { open, dismissable = true, onClose } = props;
  const leave = () => void (dismissable && onClose());
  useLayer(open, leave);
  return open ? <ModalPanel {...props} /> : null;
}

export type ConfirmProps = {
  open: boolean;
  title: string;
  children: ReactNode;
  action: ReactNode;
  danger?: boolean;
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

export function Confirm({
  open,
  title,
  children,
  action,
  danger,
  pending,
  onConfirm,
  onClose,
}: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      size="s"
      role="alertdialog"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
