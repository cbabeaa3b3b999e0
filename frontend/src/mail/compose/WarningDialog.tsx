/** The question before a message goes that may not be meant so. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useViewer } from "@/app";
import { nameOf } from "@/lib/addresses";
import { locale } from "@/lib/locale";
import { Confirm } from "@/ui";
import type { Content } from "./types";
import { outsiders, type Warning } from "./warnings";

type WarningDialogProps = {
  warnings: readonly Warning[];
  content: Content;
  onSend: () => void;
  onClose: () => void;
};

export function WarningDialog({ warnings, content, onSend, onClose }: WarningDialogProps) {
  const { t } = useLingui();
  const { domain } = useViewer();
  const titles: Record<Warning, string> = {
    attachment: t`Send without an attachment?`,
    subject: t`Send without a subject?`,
    outside: t`Send outside ${domain?.name ?? ""}?`,
    many: t`Send to that many people?`,
  };
  const [first] = warnings;
  const title = warnings.length === 1 && first !== undefined ? titles[first] : t`Send like this?`;
  const names = outsiders(content, domain?.name ?? "").map(nameOf);
  const listed = new Intl.ListFormat(locale(), { style: "long" }).format(names.slice(0, 5));
  const count = content.to.length + content.cc.length;
  return (
    <Confirm
      open={warnings.length > 0}
      title={title}
      action={<Trans>Send anyway</Trans>}
      onClose={onClose}
      onConfirm={onSend}
    >
      {warnings.includes("attachment") && (
        <p>
          <Trans>The text speaks of an attachment, but none is there.</Trans>
        </p>
      )}
      {warnings.includes("subject") && (
        <p>
          <Trans>The message has no subject.</Trans>
        </p>
      )}
      {warnings.includes("outside") && (
        <p>
          <Trans>Beside colleagues it goes to others:</Trans> {listed}
          {names.length > 5 && "…"}
        </p>
      )}
      {warnings.includes("many") && (
        <p>
          <Plural
            value={count}
            one="# person sees it and who else got it."
            other="# people see it, and each other’s addresses."
          />
        </p>
      )}
    </Confirm>
  );
}
