/** Asks before messages in the trash are deleted: that cannot be undone. */
import { Plural, useLingui } from "@lingui/react/macro";
import { Confirm } from "@/ui";

export type RemoveDialogProps = { count: number; onRemove: () => void; onClose: () => void };

export function RemoveDialog({ count, onRemove, onClose }: RemoveDialogProps) {
  const { t } = useLingui();
  return (
    <Confirm
      open
      danger
      title={t`Delete for good?`}
      action={t`Delete`}
      onConfirm={onRemove}
      onClose={onClose}
    >
      <Plural
        value={count}
        one="The message is deleted for good. This cannot be undone."
        other="# messages are deleted for good. This cannot be undone."
      />
    </Confirm>
  );
}
