/** A dialog over the page: focus stays inside and returns to where it was. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { DialogProps } from "../Dialog";
import { IconButton } from "../IconButton";
import styles from "./overlays.module.css";

export function ModalPanel(props: DialogProps) {
  const {
    title,
    hideTitle,
    size = "m",
    role = "dialog",
    dismissable = true,
    children,
    footer,
    onClose,
  } = props;
  const { t } = useLingui();
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className={styles.scrim}
    >
      <Modal className={styles.modal} data-size={size}>
        <Dialog role={role} className={styles.dialog} aria-label={hideTitle ? title : undefined}>
          {!hideTitle && (
            <div className={styles.head}>
              <Heading slot="title" className={styles.title}>
                {title}
              </Heading>
              {dismissable && (
                <IconButton label={t`Close`} onClick={onClose}>
                  <X />
                </IconButton>
              )}
            </div>
          )}
          <div className={styles.body} data-bare={hideTitle || undefined}>
            {children}
          </div>
          {footer !== undefined && <div className={styles.foot}>{footer}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
