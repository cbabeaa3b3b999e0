"""What one session is told without asking, from one NOTIFY to the next (RFC 5465).

Announcements call `messages_changed` and its like, which note what to read and wake the connection; `tell`
then runs between commands, as one of them does. So a client that does not read costs what is noted of its
mailboxes, whatever happens in them meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from backend.kit.errors import LimitExceeded, MailError, NotFound, PermissionDenied
from backend.mailstore import mailboxes, shares
from backend.mailstore.annotation_values import OF_ACCOUNT
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow
from protocol_service.imap import metadata
from protocol_service.imap.grammar.notify import METADATA, EventGroup
from protocol_service.imap.limits import MAX_WATCHED
from protocol_service.imap.notify.annotations import Annotations
from protocol_service.imap.notify.arrivals import Arrivals
from protocol_service.imap.notify.known import Difference, Known, Mailboxes, is_changed, status_line
from protocol_service.imap.notify.wanted import Wanted
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session

log = logging.getLogger(__name__)

_FEW = 20  # changed mailboxes that are read one by one
_READABLE = Rights.LOOKUP | Rights.READ


class Notifier:
    """The notifications of a session. `own` are names of mailboxes that its client has changed itself."""

    def __init__(self, session: Session, groups: Iterable[EventGroup]) -> None:
        self._session = session
        self.user_id = session.account_id
        self.domain_id = session.signed_in_as.domain_id
        self.wanted = Wanted(list(groups), session.account_id)
        self.arrivals = Arrivals(session)
        self.own: set[str] = set()
        self.annotations = Annotations(session.account_id)
        self._known: Mailboxes = {}
        self._lost: set[int] = set()  # told as \\NoAccess
        self._changed: set[int] = set()
        self._annotated: set[int] = set()
        self._must_list = False
        self._is_reading = False
        self._is_closed = False

    # -- announcements call these; nothing is read here

    def messages_changed(self, mailbox_id: int) -> None:
        """Messages of a mailbox were added, changed or expunged."""
        known = self._known.get(mailbox_id)
        selected = self._session.selected
        if known is None:
            if self._is_reading:  # it may be one that is being found
                self._changed.add(mailbox_id)
        elif known.is_watched and (selected is None or selected.mailbox_id != mailbox_id):
            self._changed.add(mailbox_id)
            self._session.channel.wake()

    def list_changed(self) -> None:
        """Mailboxes were made, renamed, deleted, (un)subscribed or shared."""
        self._must_list = True
        self._session.channel.wake()

    def annotations_changed(self, account_id: int) -> None:
        """Annotations of the account or of its mailboxes were changed."""
        if self.wanted.annotations:
            self._annotated.add(account_id)
            self._session.channel.wake()

    def look_again(self) -> None:
        """Announcements may have been lost."""
        self._changed.update(self._known)
        if self.wanted.annotations:
            self._annotated.update(self._accounts())
        self.list_changed()

    def left(self, selected: Selected) -> None:
        """The client has left its selected mailbox: from now on it hears of it as of any other."""
        known = self._known.get(selected.mailbox_id)
        if known is not None:
            known.told_by(selected)
            self._changed.add(selected.mailbox_id)

    # -- the session calls these

    async def begin(self, before: Notifier | None, *, with_status: bool) -> None:
        """Learn how the mailboxes are, and tell it where that is asked for (§3.1).

        What `before` has not told of them yet will be told by this one. Raises LimitExceeded.
        """
        if not self.wanted.is_watching:
            return
        self._follow([self.user_id])
        self._is_reading = True
        try:
            self._known, _ = await self._read_known()
            if self._follow(self._accounts()):
                self._must_list = True
            if before is not None:
                self._take_over(before, with_status=with_status)
            if self.wanted.annotations:
                await self._begin_annotations()
        except BaseException:
            self.close()
            raise
        finally:
            self._is_reading = False
        if with_status:
            self._send_status()

    def close(self) -> None:
        """Hear of nothing any more."""
        self._is_closed = True
        self._session.watches.followers.leave(self)

    async def tell(self) -> bool:
        """Tell what the client does not know, as far as no command is needed for it; whether anything was."""
        told = await self.arrivals.tell(
            self.wanted, may_expunge=self.wanted.is_immediate or self._session.idle_tag is not None
        )
        if self._session.notify is not self:  # that was too much
            return True
        if not (self._changed or self._must_list or self._annotated):
            return told
        self._is_reading = True
        try:
            lines = [*await self._of_mailboxes(), *await self._of_annotations()]
        except LimitExceeded:
            self.overflow()
            return True
        except MailError as exc:
            log.warning("what NOTIFY watches cannot be read: %s", exc)
            self._must_list = True
            return told
        finally:
            self._is_reading = False
            self._changed &= self._known.keys()
            if self._changed:
                self._session.channel.wake()
        self._session.send(b"".join(lines))
        return told or bool(lines)

    def overflow(self) -> None:
        """Give up, as if the client had said NOTIFY NONE (§5.8)."""
        session = self._session
        text = b"* OK [NOTIFICATIONOVERFLOW] There is too much to tell\r\n"
        session.send(session.in_language(text))
        self.close()
        session.notify = Notifier(session, ())

    # -- reading

    async def _of_mailboxes(self) -> list[bytes]:
        lines: list[bytes] = []
        changed, self._changed = self._changed, set()
        if not self._must_list and len(changed) <= _FEW:
            for mailbox_id in changed:
                lines += await self._of_one(mailbox_id)
        elif changed:
            self._must_list = True
        if not self._must_list:
            return lines
        self._must_list = False
        own, self.own = self.own, set()
        new, hidden = await self._read_known()
        gone = self._known.keys() - new.keys() - hidden
        refused = await _still_there(gone)
        regained = self._lost & new.keys()
        lines += Difference(self._session, self._known, new, own, hidden, refused, regained).lines()
        self._lost = (self._lost | refused) - regained
        self._known = new
        if self._follow(self._accounts()):
            self._must_list = True  # what happened there while it was read was not announced here
            self._session.channel.wake()
        self.annotations.forget(self._accounts())
        return lines

    async def _of_one(self, mailbox_id: int) -> list[bytes]:
        """STATUS of a mailbox that has changed; where more than that has, all are read."""
        known = self._known.get(mailbox_id)
        selected = self._session.selected
        if known is None or (selected is not None and selected.mailbox_id == mailbox_id):
            return []
        try:
            row = await self._read_one(known.row)
        except (NotFound, PermissionDenied):
            self._must_list = True
            return []
        if (row.name, row.is_subscribed) != (known.row.name, known.row.is_subscribed):
            self._must_list = True
            return []
        old, known.row = known.row, row
        return [status_line(self._session, known)] if is_changed(old, row, known.events) else []

    async def _read_one(self, row: MailboxRow) -> MailboxRow:
        if row.account_id == self.user_id:
            return await mailboxes.by_id(self.user_id, row.id)
        return (await shares.by_id(self.user_id, row.id, _READABLE)).row

    async def _read_known(self) -> tuple[Mailboxes, set[int]]:
        """The mailboxes that the client may read, and the ids of those it may only see.

        Raises LimitExceeded.
        """
        rows = await mailboxes.list_mailboxes(self.user_id)
        hidden: set[int] = set()
        for box in await shares.visible(self.user_id) if self.wanted.others else ():
            if box.rights & Rights.READ:
                rows.append(box.row)
            else:
                hidden.add(box.row.id)
        if len(rows) > MAX_WATCHED:
            raise LimitExceeded("There are too many mailboxes to watch")
        return {row.id: Known(row, self.wanted.events_of(row)) for row in rows}, hidden

    async def _of_annotations(self) -> list[bytes]:
        lines: list[bytes] = []
        accounts, self._annotated = self._annotated, set()
        for account_id in sorted(accounts & self._accounts()):
            for mailbox_id, entries in (await self.annotations.read(account_id)).items():
                known = self._known.get(mailbox_id)
                if mailbox_id == OF_ACCOUNT and account_id == self.user_id and self.wanted.of_server:
                    lines.append(metadata.names(self._session, "", entries))
                elif known is not None and METADATA in known.events:
                    lines.append(metadata.names(self._session, known.row.name, entries))
        return lines

    async def _begin_annotations(self) -> None:
        for account_id in self._accounts():
            if self.annotations.knows(account_id):
                self._annotated.add(account_id)
            else:
                await self.annotations.read(account_id)

    def _accounts(self) -> set[int]:
        return {self.user_id, *(one.row.account_id for one in self._known.values())}

    def _follow(self, accounts: Iterable[int]) -> bool:
        return not self._is_closed and self._session.watches.followers.follow(self, accounts)

    def _take_over(self, before: Notifier, *, with_status: bool) -> None:
        """Know the mailboxes as `before` has told them, to tell the difference; STATUS tells counts."""
        for mailbox_id, old in before._known.items():
            new = self._known.get(mailbox_id)
            if new is None:
                self._known[mailbox_id] = Known(old.row, self.wanted.events_of(old.row))
            elif with_status:
                new.row = replace(new.row, name=old.row.name, is_subscribed=old.row.is_subscribed)
            elif old.events:
                new.row = old.row
        self._lost, self.own, self.annotations = before._lost, before.own, before.annotations
        self._must_list = True

    def _send_status(self) -> None:
        selected = self._session.selected
        selected_id = 0 if selected is None else selected.mailbox_id
        watched = [one for key, one in self._known.items() if one.is_watched and key != selected_id]
        self._session.send(b"".join([status_line(self._session, one) for one in watched]))


async def _still_there(mailbox_ids: Iterable[int]) -> set[int]:
    """Those of the mailboxes that exist, though not for the client any more."""
    return {mailbox_id for mailbox_id in mailbox_ids if await mailboxes.exists(mailbox_id)}
