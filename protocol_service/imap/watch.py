"""Who watches which mailbox in this process: announcements of changes find the sessions that have it
selected.

An announcement is a hint (rule 1). A session that is idling is woken and looks; any other looks with its next
command, if `modseq` says that there is something. When announcements may have been lost everybody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.mailstore.changes import Changes, changes_since
from protocol_service.imap.notify.followers import Followers
from schema.events import DomainChanged, MailboxChanged, MailboxListChanged, SeenChanged, SharesChanged

if TYPE_CHECKING:
    from protocol_service.imap.session import Session


class Watch:
    """One watched mailbox; `modseq` is the highest that was announced.

    `user_id` is 0 for the owner's sessions, else whose sessions read it as another's.
    """

    __slots__ = ("_remembered", "account_id", "mailbox_id", "modseq", "sessions", "user_id")

    def __init__(self, account_id: int, mailbox_id: int, user_id: int = 0) -> None:
        self.account_id = account_id
        self.mailbox_id = mailbox_id
        self.user_id = user_id
        self.modseq = 0
        self.sessions: set[Session] = set()
        self._remembered: tuple[int, Changes] | None = None

    async def changes(self, modseq: int, at_least: int = 0, *, anew: bool = False) -> Changes:
        """`changes_since`, read once for all watchers that stand at the same modseq.

        `at_least` is a modseq that the caller has seen already, which may not be announced yet; `anew` has
        them read in any case.
        """
        if self._remembered is not None and not anew:
            since, changes = self._remembered
            if since == modseq and changes.modseq >= max(self.modseq, at_least) > modseq:
                return changes
        changes = await changes_since(self.mailbox_id, modseq, self.user_id)
        self._remembered = (modseq, changes)
        return changes


class Watches:
    """All watched mailboxes of a process; `followers` are the sessions that watch more by NOTIFY."""

    def __init__(self, followers: Followers) -> None:
        self.followers = followers
        self._watches: dict[int, Watch] = {}
        self._readers: dict[int, dict[int, Watch]] = {}

    def enter(self, session: Session, account_id: int, mailbox_id: int, user_id: int = 0) -> Watch:
        """The session has selected the mailbox, as its owner's or as that user's."""
        known, key = self._watches, mailbox_id
        if user_id:
            known, key = self._readers.setdefault(mailbox_id, {}), user_id
        watch = known.get(key)
        if watch is None:
            watch = known[key] = Watch(account_id, mailbox_id, user_id)
        watch.sessions.add(session)
        return watch

    def leave(self, session: Session, watch: Watch) -> None:
        """The session has left it."""
        watch.sessions.discard(session)
        if watch.sessions:
            return
        if not watch.user_id:
            if self._watches.get(watch.mailbox_id) is watch:
                del self._watches[watch.mailbox_id]
            return
        readers = self._readers.get(watch.mailbox_id, {})
        if readers.get(watch.user_id) is watch:
            del readers[watch.user_id]
        if not readers:
            self._readers.pop(watch.mailbox_id, None)

    def changed(self, event: MailboxChanged) -> None:
        """Messages of a mailbox were added, changed or expunged."""
        watch = self._watches.get(event.mailbox_id)
        if watch is not None:
            _announce(watch, event.modseq)
        readers = self._readers.get(event.mailbox_id)
        if readers is not None:
            for watch in tuple(readers.values()):
                _announce(watch, event.modseq)

    def seen_changed(self, event: SeenChanged) -> None:
        """A reader's own \\Seen was changed by one of the reader's sessions."""
        watch = self._readers.get(event.mailbox_id, {}).get(event.user_id)
        if watch is not None:
            _announce(watch, event.modseq)

    def list_changed(self, event: MailboxListChanged) -> None:
        """A mailbox of the account may be gone."""
        for watch in self._all():
            if watch.account_id == event.account_id:
                _look_again(watch)

    def shares_changed(self, event: SharesChanged) -> None:
        """Rights on the account's mailboxes may be gone."""
        for watch in self._all():
            if watch.user_id and watch.account_id == event.account_id:
                _look_again(watch)

    def rights_changed(self, event: DomainChanged) -> None:
        """Groups of a domain or what it allows may have changed: who reads others' mailboxes looks again."""
        for watch in self._all():
            if watch.user_id:
                _look_again(watch)

    def gap(self) -> None:
        """Announcements may have been lost."""
        for watch in self._all():
            _look_again(watch)

    def _all(self) -> list[Watch]:
        return [*self._watches.values(), *(w for readers in self._readers.values() for w in readers.values())]


def _announce(watch: Watch, modseq: int) -> None:
    if modseq > watch.modseq:
        watch.modseq = modseq
        _wake(watch)


def _look_again(watch: Watch) -> None:
    for session in watch.sessions:
        if session.selected is not None:
            session.selected.must_look = True
    _wake(watch)


def _wake(watch: Watch) -> None:
    for session in watch.sessions:
        if session.is_listening:
            session.channel.wake()
