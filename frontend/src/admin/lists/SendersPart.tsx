/** Addresses beside the members: those that may post, and those that may not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { request } from "@/api";
import { Button, TextArea, toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import styles from "../Admin.module.css";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";
import { ListAddressesQuery, type MailingList, SetAddressesMutation } from "./documents";
import own from "./Lists.module.css";

export function SendersPart({ list }: { list: MailingList }) {
  const query = useAdminQuery("list addresses", ListAddressesQuery, { listId: list.id });
  return (
    <div className={styles.part}>
      <Loaded query={query}>
        {(found) => <Senders key={list.id} list={list} posters={found.posters} banned={found.banned} />}
      </Loaded>
    </div>
  );
}

type SendersProps = { list: MailingList; posters: string[]; banned: string[] };

function Senders({ list, posters, banned }: SendersProps) {
  const { t } = useLingui();
  const [may, setMay] = useState(posters.join("\n"));
  const [mayNot, setMayNot] = useState(banned.join("\n"));
  const { act, isPending, refusal } = useAct();

  async function save() {
    const isDone = await act(async () => {
      for (const [kind, text] of [
        ["POSTER", may],
        ["BANNED", mayNot],
      ] as const) {
        const addresses = text.split(/[\s,;]+/).filter((word) => word !== "");
        await request(SetAddressesMutation, { listId: list.id, kind, addresses });
      }
    });
    if (isDone) toast({ text: t`Senders saved` });
  }
  return (
    <form
      className={own.settings}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) void save();
      }}
    >
      <p className={styles.lead}>
        <Trans>One address a line; @example.org stands for everybody of a domain.</Trans>
      </p>
      <div className={own.pair}>
        <TextArea
          label={t`May post besides`}
          rows={8}
          value={may}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setMay(event.target.value)}
        />
        <TextArea
          label={t`May not post`}
          help={t`They are refused, and do not get on the list by mail.`}
          rows={8}
          value={mayNot}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setMayNot(event.target.value)}
        />
      </div>
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
      <p>
        <Button variant="primary" type="submit" pending={isPending}>
          <Trans>Save</Trans>
        </Button>
      </p>
    </form>
  );
}
