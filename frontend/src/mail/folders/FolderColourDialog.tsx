/** The colour of a folder's sign. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Dialog } from "@/ui";
import { mailboxName } from "../names";
import type { Mailbox } from "../store/types";
import { ColourField } from "../tags/ColourField";
import { keepFolder, useFolderChoices } from "./choices";

export function FolderColourDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const { t } = useLingui();
  const choice = useFolderChoices()(mailbox.id);
  const [hue, setHue] = useState(choice.hue);
  const { hue: _, ...others } = choice;
  return (
    <Dialog
      open
      size="s"
      title={t`Colour of ${mailboxName(mailbox)}`}
      onClose={onClose}
      footer={
        <Button
          variant="primary"
          onClick={() => {
            keepFolder(mailbox.id, { ...others, ...(hue !== undefined && { hue }) });
            onClose();
          }}
        >
          <Trans>Save</Trans>
        </Button>
      }
    >
      <ColourField value={hue} mayBeNone onChange={setHue} />
    </Dialog>
  );
}
