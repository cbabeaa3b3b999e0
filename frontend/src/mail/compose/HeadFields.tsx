/** From, To, Cc, Bcc, subject. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { useViewer } from "@/app";
import { fullAddress } from "@/lib/addresses";
import styles from "./Compose.module.css";
import type { Composer } from "./composer";
import { complaintIdOf, isRefusedFor } from "./problems";
import { RecipientField } from "./RecipientField";
import { crowdWords } from "./RecipientNote";
import { crowdOf } from "./recipients";
import { usualSignature } from "./signatures";
import type { ComposerState, RecipientKind } from "./types";

export function HeadFields({ composer, state }: { composer: Composer; state: ComposerState }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const subjectId = useId();
  const fromId = useId();
  const [newest, setNewest] = useState<RecipientKind>();
  const { content, isCcShown, isBccShown } = state;
  const crowd = crowdOf(content, viewer.maxRecipients);
  const names: Record<RecipientKind, string> = { to: t`To`, cc: t`Cc`, bcc: t`Bcc` };
  const shown: RecipientKind[] = [
    "to",
    ...(isCcShown ? ["cc" as const] : []),
    ...(isBccShown ? ["bcc" as const] : []),
  ];

  /** A signature that was put in for one address gives way to that of the other. */
  function sendFrom(from: string) {
    const before = usualSignature(content, viewer, state.signatures)?.id ?? null;
    composer.edit({ from });
    const after = usualSignature({ ...content, from }, viewer, state.signatures);
    if (state.signatureId === before && before !== (after?.id ?? null)) composer.sign(after);
  }

  function reveal(kind: "cc" | "bcc") {
    setNewest(kind);
    composer.show(kind === "cc" ? { isCcShown: true } : { isBccShown: true });
  }

  return (
    <div className={styles.fields}>
      {viewer.identities.length > 1 && (
        <div className={styles.field}>
          <label htmlFor={fromId}>
            <Trans>From</Trans>
          </label>
          <select
            id={fromId}
            className={styles.from}
            value={content.from ?? viewer.identities[0]?.address}
            onChange={(event) => sendFrom(event.target.value)}
          >
            {viewer.identities.map((identity) => (
              <option key={identity.address} value={identity.address}>
                {identity.mode === "BEHALF" ? t`${fullAddress(identity)} (on behalf)` : fullAddress(identity)}
              </option>
            ))}
          </select>
        </div>
      )}
      {shown.map((kind) => (
        <RecipientField
          key={kind}
          kind={kind}
          label={names[kind]}
          people={content[kind]}
          autoFocus={newest === kind}
          takesTyped={composer.takesTyped && state.focus === kind}
          crowd={crowd?.kind === kind ? crowdWords(crowd.count, viewer.maxRecipients) : undefined}
          complaintId={isRefusedFor(state, kind) ? complaintIdOf(state) : undefined}
          onChange={(people) => composer.edit({ [kind]: people })}
          after={
            kind === "to" && (
              <span className={styles.more}>
                {!isCcShown && (
                  <button type="button" onClick={() => reveal("cc")}>
                    <Trans>Cc</Trans>
                  </button>
                )}
                {!isBccShown && (
                  <button type="button" onClick={() => reveal("bcc")}>
                    <Trans>Bcc</Trans>
                  </button>
                )}
              </span>
            )
          }
        />
      ))}
      <div className={styles.field}>
        <label htmlFor={subjectId}>
          <Trans>Subject</Trans>
        </label>
        <input
          id={subjectId}
          className={styles.subject}
          dir="auto"
          value={content.subject}
          autoComplete="off"
          maxLength={900}
          onChange={(event) => composer.edit({ subject: event.target.value })}
        />
      </div>
    </div>
  );
}
