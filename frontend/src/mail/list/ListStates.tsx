/** A list without rows: nothing is in it, or it could not be read. */
import { Trans } from "@lingui/react/macro";
import { Inbox, SearchX } from "lucide-react";
import { Button, Empty } from "@/ui";
import type { Mailbox, Source } from "../store/types";

export function EmptyList({ source, mailbox }: { source: Source; mailbox: Mailbox | undefined }) {
  if (source.search !== undefined) {
    return (
      <Empty icon={<SearchX />} title={<Trans>Nothing found.</Trans>}>
        <p>
          <Trans>Try fewer words, or operators such as from:, subject: or has:attachment.</Trans>
        </p>
      </Empty>
    );
  }
  return (
    <Empty
      icon={<Inbox />}
      title={
        mailbox?.specialUse === "INBOX" ? (
          <Trans>All quiet. Nothing new.</Trans>
        ) : (
          <Trans>Nothing here.</Trans>
        )
      }
    />
  );
}

export function FailedList({ onRetry }: { onRetry: () => void }) {
  return (
    <Empty
      title={<Trans>The messages could not be loaded.</Trans>}
      action={
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      }
    />
  );
}
