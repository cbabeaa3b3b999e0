"""Who watches which mailbox in this process: announcements of changes find the sessions that have it
selected.

An announcement is a hint (rule 1). A session that is idling is woken and looks; any other looks with its next
command, if `modseq` says that there is something. When announcements may have been lost everybody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.mailstore.changes import Changes, changes_since
from schema.events import MailboxChanged, MailboxListChanged

if TYPE_CHECKING:
    from protocol_service.imap.session import Session


class Watch:
    """One watched mailbox; `modseq` is the highest that was announced."""

    __slots__ = ("_remembered", "account_id", "mailbox_id", "modseq", "sessions")

    def __init__(self, account_id: int, mailbox_id: int) -> None:
        self.account_id = account_id
        self.mailbox_id = mailbox_id
        self.modseq = 0
        self.sessions: set[Session] = set()
        self._remembered: tuple[int, Changes] | None = None

    async def changes(self, modseq: int) -> Changes:
        """`changes_since`, read once for all watchers that stand at the same modseq."""
        if self._remembered is not None:
            since, changes = self._remembered
            if since == modseq and changes.modseq >= self.modseq > modseq:
                return changes
        changes = await changes_since(self.mailbox_id, modseq)
        self._remembered = (modseq, changes)
        return changes


class Watches:
    """All watched mailboxes of a process."""

    def __init__(self) -> None:
        self._watches: dict[int, Watch] = {}

    def enter(self, session: Session, account_id: int, mailbox_id: int) -> Watch:
        """The session has selected the mailbox."""
        watch = self._watches.get(mailbox_id)
        if watch is None:
            watch = self._watches[mailbox_id] = Watch(account_id, mailbox_id)
        watch.sessions.add(session)
        return watch

    def leave(self, session: Session, watch: Watch) -> None:
        """The session has left it."""
        watch.sessions.discard(session)
        if not watch.sessions and self._watches.get(watch.mailbox_id) is watch:
            del self._watches[watch.mailbox_id]

    def changed(self, event: MailboxChanged) -> None:
        """Messages of a mailbox were added, changed or expunged."""
        watch = self._watches.get(event.mailbox_id)
        if watch is not None and event.modseq > watch.modseq:
            watch.modseq = event.modseq
            _wake(watch)

    def list_changed(self, event: MailboxListChanged) -> None:
        """A mailbox of the account may be gone."""
        for watch in tuple(self._watches.values()):
            if watch.account_id == event.account_id:
                _look_again(watch)

    def gap(self) -> None:
        """Announcements may have been lost."""
        for watch in tuple(self._watches.values()):
            _look_again(watch)


def _look_again(watch: Watch) -> None:
    for session in watch.sessions:
        if session.selected is not None:
            session.selected.must_look = True
    _wake(watch)


def _wake(watch: Watch) -> None:
    for session in watch.sessions:
        if session.idle_tag is not None:
            session.channel.wake()
