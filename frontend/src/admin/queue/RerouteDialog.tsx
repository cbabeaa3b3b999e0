/** Where messages go instead: by another host, by a gateway, to another address; or by the usual way again. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { SpoolDetour } from "@/api";
import { Field, Select } from "@/ui";
import { FailedNote } from "@/ui/Loaded";
import { GatewaysQuery } from "../gateways/documents";
import { useTlsNames } from "../gateways/useTlsNames";
import { FormDialog } from "../shared/FormDialog";
import { useAdminQuery } from "../shared/useAdminQuery";
import { type DetourDraft, detourOf, emptyDetour, waysToSecure } from "./detour";
import styles from "./Queue.module.css";

const exact = { autoComplete: "off", autoCapitalize: "none", spellCheck: false, size: 1 } as const;

export type RerouteDialogProps = {
  /** How many messages it is about, in words. */
  count: ReactNode;
  onClose: () => void;
  /** Undefined: the usual way. */
  onReroute: (to: SpoolDetour | undefined) => void;
};

export function RerouteDialog({ count, onClose, onReroute }: RerouteDialogProps) {
  const { t } = useLingui();
  const tlsNames = useTlsNames();
  const [draft, setDraft] = useState<DetourDraft>(emptyDetour);
  const [isTried, setTried] = useState(false);
  const known = useAdminQuery("gateways", GatewaysQuery, {});
  const gateways = known.data?.gateways?.filter((one) => one.isEnabled);
  const set = (change: Partial<DetourDraft>) => setDraft({ ...draft, ...change });
  const detour = detourOf(draft);
  const missing = isTried && detour === null ? t`Something is missing here` : undefined;

  function submit() {
    setTried(true);
    if (detour !== null) onReroute(detour);
  }
  return (
    <FormDialog
      title={t`Reroute`}
      action={<Trans>Reroute</Trans>}
      isPending={false}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{count}</p>
      <Select
        label={t`Send`}
        options={[
          { value: "host", label: t`By another host` },
          ...(gateways !== undefined && gateways.length > 0
            ? [{ value: "gateway", label: t`By a gateway` }]
            : []),
          { value: "address", label: t`To another address` },
          { value: "usual", label: t`By the usual way again` },
        ]}
        value={draft.by}
        onChange={(value) =>
          set({
            by: value === "gateway" || value === "address" || value === "usual" ? value : "host",
            gatewayId: draft.gatewayId || (gateways?.[0]?.id ?? ""),
          })
        }
      />
      <FailedNote query={known} />
      {draft.by === "host" && (
        <>
          <div className={styles.host}>
            <Field
              {...exact}
              label={t`Host`}
              placeholder="mail.example.org"
              value={draft.host}
              autoFocus
              error={missing}
              onChange={(event) => set({ host: event.target.value })}
            />
            <Field
              {...exact}
              label={t`Port`}
              inputMode="numeric"
              value={draft.port}
              onChange={(event) => set({ port: event.target.value })}
            />
          </div>
          <Select
            label={t`Connection`}
            options={waysToSecure.map((value) => ({ value, label: tlsNames[value] }))}
            value={draft.tls}
            onChange={(value) => set({ tls: waysToSecure.find((one) => one === value) ?? draft.tls })}
          />
        </>
      )}
      {draft.by === "gateway" && (
        <Select
          label={t`Gateway`}
          options={(gateways ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.gatewayId}
          onChange={(gatewayId) => set({ gatewayId })}
        />
      )}
      {draft.by === "address" && (
        <Field
          {...exact}
          label={t`Address`}
          help={t`Every recipient that waits is replaced by it. Reports to the sender still name the first one.`}
          inputMode="email"
          value={draft.address}
          autoFocus
          error={missing}
          onChange={(event) => set({ address: event.target.value })}
        />
      )}
      {draft.by === "usual" && (
        <p>
          <Trans>What was rerouted goes to its first address, by the way the settings say.</Trans>
        </p>
      )}
    </FormDialog>
  );
}
