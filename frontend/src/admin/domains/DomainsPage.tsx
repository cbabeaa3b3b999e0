/** All domains of the system. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/app";
import { Button } from "@/ui";
import { PageHead } from "../shared/PageHead";
import { TableTools } from "../shared/TableTools";
import { usePages } from "../shared/usePages";
import { AddDomainDialog } from "./AddDomainDialog";
import { DomainTable } from "./DomainTable";

export function DomainsPage() {
  const { t } = useLingui();
  const pages = usePages();
  const canAdd = useCan("DOMAINS_MANAGE");
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHead title={t`Domains`} />
      <TableTools pages={pages} label={t`Search domains`}>
        {canAdd && (
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            <Trans>Add domain</Trans>
          </Button>
        )}
      </TableTools>
      <DomainTable variables={pages.variables} pages={pages} />
      {isAdding && <AddDomainDialog onClose={() => setAdding(false)} />}
    </>
  );
}
