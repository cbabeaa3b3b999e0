"""Which mailboxes a client means with `personal`, `subtree (a b)` and so on (RFC 5465 §6, RFC 7377 §2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit.errors import InvalidSyntax
from backend.mailstore.mailbox_names import INBOX, normal, parents
from backend.mailstore.types import MailboxRow
from protocol_service.imap.grammar.search_sources import Source


@dataclass(frozen=True, slots=True)
class MailboxFilter:
    """A way to name mailboxes, with the names in their stored form."""

    kind: bytes
    names: frozenset[str]

    @classmethod
    def of(cls, source: Source) -> MailboxFilter:
        """The filter that the client wrote."""
        return cls(source.kind, frozenset(filter(None, map(_normal, source.names))))

    def takes(self, row: MailboxRow, account_id: int, selected_id: int = 0) -> bool:
        """Whether a mailbox is meant by the user of that account, who has that one selected.

        INBOXES is INBOX: nothing is delivered elsewhere.
        """
        if self.kind == b"PERSONAL":
            return row.account_id == account_id
        if self.kind == b"SELECTED":
            return row.id == selected_id
        if self.kind == b"INBOXES":
            return row.name == INBOX
        if self.kind == b"SUBSCRIBED":
            return bool(row.is_subscribed)
        if row.name in self.names or self.kind == b"MAILBOXES":
            return row.name in self.names
        above = parents(row.name)
        return not self.names.isdisjoint(above[-1:] if self.kind == b"SUBTREE-ONE" else above)


def _normal(name: str) -> str:
    """The stored form of a name, empty for what cannot be one: there is no such mailbox either."""
    try:
        return normal(name)
    except InvalidSyntax:
        return ""
