"""Who uses NOTIFY in this process: announcements find the notifiers that have to look.

The bus is listened to only while there are any.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backend.kit.events import Bus, Unsubscribe
from schema.events import (
    AnnotationsChanged,
    DomainChanged,
    MailboxChanged,
    MailboxListChanged,
    SeenChanged,
    SharesChanged,
)

if TYPE_CHECKING:
    from protocol_service.imap.notify.notifier import Notifier


class Followers:
    """Notifiers by the accounts whose mailboxes they know."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._following: dict[Notifier, frozenset[int]] = {}
        self._by_account: dict[int, set[Notifier]] = {}
        self._unsubscribe: list[Unsubscribe] = []

    def follow(self, notifier: Notifier, accounts: Iterable[int]) -> bool:
        """Have the notifier hear of these accounts and of no others; whether one of them is new to it."""
        wanted = frozenset(accounts)
        known = self._following.get(notifier, frozenset())
        if not self._following:
            self._listen()
        self._following[notifier] = wanted
        for account_id in wanted - known:
            self._by_account.setdefault(account_id, set()).add(notifier)
        self._leave(notifier, known - wanted)
        return bool(wanted - known)

    def leave(self, notifier: Notifier) -> None:
        """The notifier hears of nothing any more."""
        known = self._following.pop(notifier, None)
        if known is None:
            return
        self._leave(notifier, known)
        if not self._following:
            for unsubscribe in self._unsubscribe:
                unsubscribe()
            self._unsubscribe = []

    def _leave(self, notifier: Notifier, accounts: Iterable[int]) -> None:
        for account_id in accounts:
            notifiers = self._by_account[account_id]
            notifiers.discard(notifier)
            if not notifiers:
                del self._by_account[account_id]

    def _listen(self) -> None:
        bus = self._bus
        self._unsubscribe = [
            bus.subscribe(MailboxChanged, self._changed),
            bus.subscribe(SeenChanged, self._seen_changed),
            bus.subscribe(MailboxListChanged, self._list_changed),
            bus.subscribe(AnnotationsChanged, self._annotations_changed),
            bus.subscribe(SharesChanged, self._rights_changed),
            bus.subscribe(DomainChanged, self._rights_changed),
            bus.on_gap(self._gap),
        ]

    def _of(self, account_id: int) -> tuple[Notifier, ...]:
        return tuple(self._by_account.get(account_id, ()))

    def _changed(self, event: MailboxChanged) -> None:
        for notifier in self._of(event.account_id):
            notifier.messages_changed(event.mailbox_id)

    def _seen_changed(self, event: SeenChanged) -> None:
        for notifier in self._of(event.account_id):
            if notifier.user_id == event.user_id:
                notifier.messages_changed(event.mailbox_id)

    def _list_changed(self, event: MailboxListChanged) -> None:
        for notifier in self._of(event.account_id):
            notifier.list_changed()

    def _annotations_changed(self, event: AnnotationsChanged) -> None:
        for notifier in self._of(event.account_id):
            if event.user_id in {0, notifier.user_id}:
                notifier.annotations_changed(event.account_id)

    def _rights_changed(self, event: SharesChanged | DomainChanged) -> None:
        """Mailboxes are shared within a domain: its members may see others than before."""
        for notifier in tuple(self._following):
            if notifier.domain_id == event.domain_id and notifier.wanted.others:
                notifier.list_changed()

    def _gap(self) -> None:
        for notifier in tuple(self._following):
            notifier.look_again()
