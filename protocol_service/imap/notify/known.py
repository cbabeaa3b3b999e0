"""What a client was told of the mailboxes it may see, and the responses that make up for what it was not
(RFC 5465 §5).

Message events of a mailbox are one STATUS, with all that is said of it: MESSAGES, UIDNEXT and UIDVALIDITY,
HIGHESTMODSEQ for who uses it, and UNSEEN for who wants changed flags. Events of names are one LIST each.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from backend.mailstore.mailbox_names import SEPARATOR
from backend.mailstore.types import MailboxRow, ModSeq, Uid
from protocol_service.imap import list_line
from protocol_service.imap.commands import status
from protocol_service.imap.grammar.notify import FLAGS, NAME, OF_MESSAGES, SUBSCRIPTION
from protocol_service.imap.notify.renames import Rename, in_order, to_tell
from protocol_service.imap.notify.wanted import Events
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session

_COUNTS = (b"MESSAGES", b"UIDNEXT", b"UIDVALIDITY")
_OF_FLAGS = (b"UNSEEN", b"HIGHESTMODSEQ")
_GONE = b"\\NonExistent"
_REFUSED = b"\\NoAccess"


@dataclass(slots=True)
class Known:
    """A mailbox as the client was told of it, and what it wants to hear."""

    row: MailboxRow
    events: Events

    @property
    def is_watched(self) -> bool:
        """Whether messages of it are wanted."""
        return not self.events.isdisjoint(OF_MESSAGES)

    def told_by(self, selected: Selected) -> None:
        """The client has had it selected, and knows of it what it was told there."""
        self.row = replace(
            self.row,
            exists=selected.exists,
            uidnext=max(self.row.uidnext, Uid(selected.uidnext)),
            modseq=max(self.row.modseq, ModSeq(selected.modseq)),
        )


Mailboxes = dict[int, Known]


def is_changed(old: MailboxRow, row: MailboxRow, events: Events) -> bool:
    """Whether who was told of `old` has to hear how the mailbox is now."""
    if events.isdisjoint(OF_MESSAGES):
        return False
    if (old.exists, old.uidnext, old.uidvalidity) != (row.exists, row.uidnext, row.uidvalidity):
        return True
    return FLAGS in events and old.modseq != row.modseq


def status_line(session: Session, known: Known) -> bytes:
    """How a watched mailbox is now."""
    more = _OF_FLAGS if FLAGS in known.events else _OF_FLAGS[1:] if session.has_condstore else ()
    return status.line(session, known.row, _COUNTS + more)


@dataclass(slots=True)
class Difference:
    """From what the client was told (`old`) to what there is.

    `own` are names that this client has changed itself, which it is not told. `refused` are the mailboxes of
    `old` that still exist for others, of which the client was not told that it lost them (§5.9); `hidden`
    those that it may still see and not read. `regained` were lost and are there again.
    """

    session: Session
    old: Mailboxes
    new: Mailboxes
    own: AbstractSet[str]
    hidden: AbstractSet[int]
    refused: AbstractSet[int]
    regained: AbstractSet[int]
    _told: set[str] = field(default_factory=set)
    _above: frozenset[str] = frozenset()

    def lines(self) -> list[bytes]:
        """LIST of what is gone, has another name, is new or (un)subscribed; then STATUS."""
        self._above = frozenset(one.row.name.rpartition(SEPARATOR)[0] for one in self.new.values())
        names = [*self._gone(), *self._renamed(), *self._created(), *self._subscribed()]
        return [*names, *self._parents(), *self._status()]

    def _gone(self) -> Iterable[bytes]:
        for mailbox_id, one in self.old.items():
            name = one.row.name
            if mailbox_id in self.new or mailbox_id in self.hidden or name in self.own:
                continue
            if one.events and mailbox_id in self.refused:
                yield list_line.line(self.session, (_GONE, _REFUSED), name)
            elif NAME in one.events:
                self._told.add(name)
                yield list_line.line(self.session, (_GONE,), name)

    def _renamed(self) -> Iterable[bytes]:
        renames = [
            Rename(mailbox_id, old.row.name, new.row.name, NAME in old.events | new.events)
            for mailbox_id, old in self.old.items()
            if (new := self.new.get(mailbox_id)) is not None and new.row.name != old.row.name
        ]
        told = to_tell(renames, self.own) if renames else []
        self._told.update(one.now for one in told)
        ordered = in_order(told, self._unchanged() if told else ())
        if ordered is None:  # as if they had been deleted and made
            apart = [one for one in renames if one.is_wanted]
            yield from [list_line.line(self.session, (_GONE,), one.was) for one in apart]
            yield from [self._line(self.new[one.mailbox_id].row) for one in apart]
            return
        for one in ordered:
            yield self._line(self.new[one.mailbox_id].row, list_line.old_name(self.session, one.was))

    def _unchanged(self) -> Iterable[str]:
        """Names of mailboxes that have them still."""
        for mailbox_id, old in self.old.items():
            if (new := self.new.get(mailbox_id)) is not None and new.row.name == old.row.name:
                yield old.row.name

    def _created(self) -> Iterable[bytes]:
        for mailbox_id, one in self.new.items():
            if mailbox_id in self.old or one.row.name in self.own:
                continue
            if NAME in one.events or mailbox_id in self.regained:
                self._told.add(one.row.name)
                yield self._line(one.row)

    def _subscribed(self) -> Iterable[bytes]:
        for mailbox_id, one in self.new.items():
            old = self.old.get(mailbox_id)
            if old is None or old.row.is_subscribed == one.row.is_subscribed or one.row.name in self.own:
                continue
            if SUBSCRIPTION in old.events | one.events and one.row.name not in self._told:
                yield self._line(one.row)

    def _parents(self) -> Iterable[bytes]:
        """Those directly above what was made or deleted, which have other children now (§5.4)."""
        there = {one.row.name for one in self.new.values()}
        was = {one.row.name for one in self.old.values()}
        above = {name.rpartition(SEPARATOR)[0] for name in self._told if (name in there) != (name in was)}
        for one in self.new.values():
            if one.row.name in above - self._told and NAME in one.events:
                yield self._line(one.row)

    def _status(self) -> Iterable[bytes]:
        selected = self.session.selected
        selected_id = 0 if selected is None else selected.mailbox_id
        for mailbox_id, one in self.new.items():
            old = self.old.get(mailbox_id)
            if mailbox_id == selected_id:
                one.row = one.row if old is None else _with_counts_of(one.row, old.row)
            elif old is None:
                if one.is_watched and one.row.uidnext > 1:
                    yield status_line(self.session, one)
            elif old.is_watched and is_changed(old.row, one.row, one.events):
                yield status_line(self.session, one)

    def _line(self, row: MailboxRow, extended: bytes = b"") -> bytes:
        has_children = row.name in self._above
        words = list_line.attributes(row, has_children=has_children, with_subscribed=True)
        return list_line.line(self.session, words, row.name, extended)


def _with_counts_of(row: MailboxRow, old: MailboxRow) -> MailboxRow:
    """While a mailbox is selected its messages are told there."""
    return replace(row, exists=old.exists, uidnext=old.uidnext, modseq=old.modseq)
