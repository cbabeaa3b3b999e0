/** Long lines of pasted text were broken; who wants them as they are has them as a file. */
import { t } from "@lingui/core/macro";
import { toast } from "@/ui";

export function offerAsFile(text: string, takeOut: () => void, attach: (file: File) => void): void {
  toast({
    text: t`The pasted text has very long lines: they were broken into shorter ones.`,
    durationMs: 15_000,
    action: {
      label: t`Attach as a file`,
      onAction: () => {
        takeOut();
        attach(new File([text], t`Pasted text.txt`, { type: "text/plain" }));
      },
    },
  });
}
