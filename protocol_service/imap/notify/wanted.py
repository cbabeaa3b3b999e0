"""What a client wants to hear of: the event groups of its last NOTIFY (RFC 5465 §3.1, §6)."""

from __future__ import annotations

from collections.abc import Sequence

from backend.mailstore.types import MailboxRow
from protocol_service.imap.grammar.notify import DELAYED, METADATA, SERVER_METADATA, EventGroup
from protocol_service.imap.mailbox_filter import MailboxFilter

Events = frozenset[bytes]
NO_EVENTS: Events = frozenset()
_OF_OWN = frozenset({b"PERSONAL", b"INBOXES"})


class Wanted:
    """The groups of one NOTIFY; `selected` is that of the selected mailbox, None where nothing is wanted.

    `others` is whether mailboxes of others may be watched, `annotations` whether any annotations are,
    `of_server` those of the account.
    """

    __slots__ = ("_account_id", "_groups", "annotations", "of_server", "others", "selected")

    def __init__(self, groups: Sequence[EventGroup], account_id: int) -> None:
        self._account_id = account_id
        self.selected = next((group for group in groups if group.is_of_selected and group.events), None)
        watched = [group for group in groups if not group.is_of_selected]
        self._groups = [(MailboxFilter.of(group.source), group.events) for group in watched]
        events = NO_EVENTS.union(*(group.events for group in watched))
        self.of_server = SERVER_METADATA in events
        self.annotations = self.of_server or METADATA in events
        self.others = any(group.events and group.source.kind not in _OF_OWN for group in watched)

    @property
    def is_watching(self) -> bool:
        """Whether other mailboxes than the selected one are watched."""
        return any(events for _, events in self._groups)

    @property
    def is_immediate(self) -> bool:
        """Whether expunges of the selected mailbox may be told without a command (§6.1)."""
        return self.selected is not None and self.selected.source.kind != DELAYED

    def events_of(self, row: MailboxRow) -> Events:
        """What is wanted of a mailbox while it is not selected: that of all its groups up to one of NONE."""
        found = NO_EVENTS
        for mailboxes, events in self._groups:
            if mailboxes.takes(row, self._account_id):
                if not events:
                    break
                found |= events
        return found
