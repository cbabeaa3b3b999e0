/** Why a sender is verified, or is not, in sentences. */
import { Trans } from "@lingui/react/macro";
import { formatList } from "@/lib/numbers";
import type { MessageDetail } from "../store/types";

export function Reason({ origin }: { origin: MessageDetail["origin"] }) {
  const { standing, fromDomain: domain, signers } = origin;
  switch (standing) {
    case "VERIFIED":
      return (
        <>
          <p>
            <Trans>
              This message really comes from <b>{domain}</b>.
            </Trans>
          </p>
          <ul>
            {origin.isSignedByDomain && (
              <li>
                <Trans>{domain} signed it, and nothing in it was changed on the way (DKIM).</Trans>
              </li>
            )}
            {origin.isSentByDomain && (
              <li>
                <Trans>The host that sent it may send for {domain} (SPF).</Trans>
              </li>
            )}
            <li>
              <Trans>
                {domain} says how its mail is to be recognised, and this message is as it says (DMARC).
              </Trans>
            </li>
          </ul>
        </>
      );
    case "FAILED":
      return (
        <>
          <p>
            <Trans>
              This message says it is from <b>{domain}</b>, and {domain} says that its mail looks different.
            </Trans>
          </p>
          <p>
            {signers.length > 0 ? (
              <Trans>It was signed by {formatList(signers)}. Follow no link in it before you are sure.</Trans>
            ) : (
              <Trans>Nobody signed it. Follow no link in it before you are sure.</Trans>
            )}
          </p>
        </>
      );
    case "SIGNED":
      return signers.length > 0 ? (
        <p>
          <Trans>
            It was signed by {formatList(signers)}. Whether {domain} wants that, it does not say.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>The host that sent it may send for its return address, but nobody signed the message.</Trans>
        </p>
      );
    case "UNPROVEN":
      return (
        <p>
          <Trans>
            Nothing proves that this message comes from {domain || "?"}; anybody could have written that.
          </Trans>
        </p>
      );
    case "UNCHECKED":
      return (
        <p>
          <Trans>
            It was not checked: it came from this server, from a network that is trusted, or was put here.
          </Trans>
        </p>
      );
  }
}
