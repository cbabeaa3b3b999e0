"""What happens in the selected mailbox, as far as NOTIFY wants it (RFC 5465 §5.1 to §5.3).

New messages are described with the data items that were asked for, once each, behind the EXISTS that counts
them; those that the client brought itself are not (§5.2). Nothing of this marks a message as read.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from backend.kit.errors import MailError
from protocol_service.imap import news as news_lines
from protocol_service.imap.fetcher import Fetcher, plan_of
from protocol_service.imap.grammar.fetch import BodyItem, Item
from protocol_service.imap.grammar.notify import FLAGS, EventGroup
from protocol_service.imap.limits import MAX_FETCHED_UNASKED
from protocol_service.imap.notify.wanted import Wanted
from protocol_service.imap.selected import Selected, Spans
from protocol_service.imap.session import Session

log = logging.getLogger(__name__)


class Arrivals:
    """The selected mailbox of a session. `own` are UIDs of messages that the client itself has added."""

    __slots__ = ("_next_uid", "_of", "_session", "own")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of = session.selected
        self._next_uid = 0 if self._of is None else self._of.uidnext
        self.own: set[int] = set()

    async def tell(self, wanted: Wanted, *, may_expunge: bool, removes: bool = False) -> bool:
        """Tell what is new; whether anything was.

        A command that `removes` messages tells it also where no event is wanted.
        """
        selected, group = self._session.selected, wanted.selected
        if selected is not self._of:
            self._of, self._next_uid, self.own = selected, selected.uidnext if selected else 0, set()
        if selected is None:
            return False
        told = False
        try:
            if (group is not None or removes) and selected.has_news:
                told = await self._tell_news(group, may_expunge=may_expunge)
            if group is not None and group.items and selected.uidnext > self._next_uid:
                await self._describe(selected, group.items)
                told = True
        except MailError as exc:
            log.warning("changes of a mailbox cannot be read: %s", exc)
        self._next_uid = selected.uidnext
        self.own.clear()
        return told

    async def _tell_news(self, group: EventGroup | None, *, may_expunge: bool) -> bool:
        session = self._session
        news = await session.news(may_expunge=may_expunge, arrivals=True)
        selected = session.selected
        if news is None or selected is None:
            return False
        if group is None or FLAGS not in group.events:
            news.changed = []
        manner = session.manner
        data = await session.with_flags(
            lambda table: news_lines.render(selected, news, table, manner, with_uid=not manner.is_uid_only)
        )
        session.send(data)
        return bool(data)

    async def _describe(self, selected: Selected, items: tuple[Item, ...]) -> None:
        view = await selected.load()
        new = view.positions(self._next_uid, view.max_uid)
        spans: Spans = [(new.start, new.stop)] if new else []
        if self.own:
            uids = view.columns.uids
            spans = [(at, at + 1) for at in new if uids[at] not in self.own]
        notify = self._session.notify
        if len(new) > MAX_FETCHED_UNASKED and notify is not None:
            notify.overflow()
        elif spans:
            await Fetcher(self._session, selected, plan_of(self._items(items))).run(spans)

    def _items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        manner = self._session.manner
        wanted = [replace(one, is_peek=True) if isinstance(one, BodyItem) else one for one in items]
        if b"UID" not in wanted and manner.with_uid:
            wanted.insert(0, b"UID")
        if manner.with_modseq and b"FLAGS" in wanted and b"MODSEQ" not in wanted:
            wanted.append(b"MODSEQ")
        return tuple(wanted)
