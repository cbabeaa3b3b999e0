/** Goes on with a draft that is read. */
import { Trans } from "@lingui/react/macro";
import { PencilLine } from "lucide-react";
import { compose } from "@/app";
import { Button } from "@/ui";
import styles from "./ReadingPane.module.css";

export function DraftButton({ id }: { id: string }) {
  return (
    <footer className={styles.answers}>
      <Button
        variant="primary"
        icon={<PencilLine />}
        onClick={(event) => void compose({ kind: "draft", messageId: id }, event)}
      >
        <Trans>Continue writing</Trans>
      </Button>
    </footer>
  );
}
