/** Copies a text; the sign says that it was done, and so does the spoken name. */
import { useLingui } from "@lingui/react/macro";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "@/app";
import { IconButton, toast } from "@/ui";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t`Copied`);
    } catch {
      // Without HTTPS there is no clipboard; the text can still be selected.
      toast({ text: t`The browser does not allow copying here. Select the text instead.`, tone: "danger" });
    }
  }

  return (
    <IconButton size="s" label={label} onClick={() => void copy()}>
      {isCopied ? <Check /> : <Copy />}
    </IconButton>
  );
}
