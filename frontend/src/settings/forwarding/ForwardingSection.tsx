/** Where one's mail goes on to. */
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Forward } from "lucide-react";
import { request } from "@/api";
import { ForwardForm, ForwardQuery, SetForwardMutation } from "@/forwarding";
import { toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Settings.module.css";
import type { Section } from "../section";
import { useChange, useSettingsQuery } from "../shared/useSettingsQuery";

export const forwarding: Section = {
  id: "forwarding",
  icon: Forward,
  group: "mail",
  title: msg`Forwarding`,
  words: msg`forward redirect copy another address send on`,
  needsMail: true,
  Page: ForwardingPage,
};

function ForwardingPage() {
  const { t } = useLingui();
  const query = useSettingsQuery("forward", ForwardQuery, {});
  const { change, isPending, refusal } = useChange();

  async function save(targets: string[], keepsCopy: boolean) {
    if ((await change(() => request(SetForwardMutation, { targets, keepsCopy }))) === undefined) return;
    toast({ text: targets.length > 0 ? t`New mail is forwarded` : t`Mail is not forwarded any more` });
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>New mail goes on to these addresses by itself. Old mail stays where it is.</Trans>
      </p>
      <Loaded query={query}>
        {({ forward }) => (
          <div className={styles.part}>
            <ForwardForm
              key={`${forward.targets.join(" ")} ${forward.keepsCopy}`}
              forward={forward}
              isPending={isPending}
              refusal={refusal?.message}
              onSave={(targets, keepsCopy) => void save(targets, keepsCopy)}
            />
          </div>
        )}
      </Loaded>
    </>
  );
}
