"""Open mailboxes in memory, shared by all sessions of a process (rule 7).

A `MailboxIndex` holds the `Columns` of a mailbox and follows it by `refresh`. What a client has been told may
lag behind: that is its `View`. Flags are overwritten and messages appended in place; an expunge makes new
columns, so that a view which may not announce it yet keeps its old ones. Indexes that nobody has open stay
until memory for them runs out, the least recently used going first.
"""

from __future__ import annotations

import asyncio
from array import array
from bisect import bisect_right
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress

from backend.kit import db
from backend.kit.errors import SyncLost
from backend.mailstore import reader_changes
from backend.mailstore.changes import RowChanges, mailbox_state, row_changes_since
from backend.mailstore.columns import Columns
from backend.mailstore.per_database import PerDatabase
from backend.mailstore.selection import everything
from backend.mailstore.types import UID_BITS, uid_of
from backend.mailstore.view import View

IDLE_MESSAGES = 2_000_000
LOGGED_CHANGES = 20_000
LOGGED_EXPUNGES = 200
SHORT = 2000


@dataclass(frozen=True, slots=True)
class KnownFlags:
    """Messages by ascending UIDs, as they are while the mailbox stands at `modseq`."""

    modseq: int
    uids: Sequence[int]
    flags: Sequence[int]
    modseqs: Sequence[int]

    def since(self, modseq: int) -> list[int]:
        """UIDs of messages that were changed after that modseq."""
        return [uid for uid, at in zip(self.uids, self.modseqs, strict=True) if at > modseq]

    def without(self, uids: Sequence[int]) -> KnownFlags:
        """Less these messages."""
        if not uids:
            return self
        gone = set(uids)
        kept = [uid not in gone for uid in self.uids]
        left = (list(compress(column, kept)) for column in (self.uids, self.flags, self.modseqs))
        return KnownFlags(self.modseq, *left)


class MailboxIndex:
    """A mailbox as this process knows it, up to `modseq`. `epoch` counts the expunges it has met.

    `user_id` is 0, or one who reads it as another's mailbox, with an own state of \\Seen.
    """

    def __init__(self, mailbox_id: int, user_id: int = 0) -> None:
        self.mailbox_id = mailbox_id
        self.user_id = user_id
        self.columns = Columns()
        self.modseq = -1
        self.epoch = 0
        self.users = 0
        self._lock = asyncio.Lock()
        self._changed_modseqs = array("q")
        self._changed_uids = array("I")
        self._logged_after = 0
        self._expunged: deque[tuple[int, array[int]]] = deque(maxlen=LOGGED_EXPUNGES)

    def __len__(self) -> int:
        return len(self.columns)

    async def refresh(self, at_least: int | None = None) -> None:
        """Take in what has changed; nothing to do where `at_least` is known already.

        Raises NotFound where the mailbox is gone.
        """
        if at_least is not None and self.modseq >= at_least:
            return
        async with self._lock:
            if self.modseq < 0:
                await self._load()
                return
            try:
                self._apply(await row_changes_since(self.mailbox_id, self.modseq, self.user_id))
            except SyncLost:
                await self._load()

    async def _load(self) -> None:
        modseq, _ = await mailbox_state(self.mailbox_id, self.user_id)
        self.columns = await _read_columns(self.mailbox_id, self.user_id)
        self.modseq = self._logged_after = modseq
        self.epoch += 1
        self._expunged.clear()
        del self._changed_modseqs[:], self._changed_uids[:]

    def _apply(self, changes: RowChanges) -> None:
        gone = {uid_of(place_id) for place_id in changes.expunged}
        changed: list[tuple[int, int]] = []
        rows = [row for row in changes.rows if uid_of(row[0]) not in gone] if gone else changes.rows
        # They come by ascending UIDs, so what is new stands at the end.
        first_new = bisect_right(rows, self.columns.max_uid, key=lambda row: uid_of(row[0]))
        for row in rows[:first_new]:
            if self.columns.put(row):
                changed.append((row[2], uid_of(row[0])))
        self.columns.append(rows[first_new:])
        changed.sort()
        self._log((modseq for modseq, _ in changed), (uid for _, uid in changed))
        self._remove(sorted(gone))
        self.modseq = max(self.modseq, changes.modseq)

    def _remove(self, gone: Sequence[int]) -> None:
        """Messages with these UIDs, ascending, have gone."""
        if positions := self.columns.places(gone):
            # Not all of `gone`: an expunge that was read early is read again, and must be told once.
            removed = array("I", [self.columns.uids[at] for at in positions])
            self._expunged.append((self.epoch, removed))
            self.columns = self.columns.without(positions)
            self.epoch += 1

    def _log(self, modseqs: Iterable[int], uids: Iterable[int]) -> None:
        self._changed_modseqs.extend(modseqs)
        self._changed_uids.extend(uids)
        excess = len(self._changed_uids) - LOGGED_CHANGES
        if excess > 0:
            self._logged_after = self._changed_modseqs[excess - 1]
            cut = bisect_right(self._changed_modseqs, self._logged_after)
            del self._changed_modseqs[:cut], self._changed_uids[:cut]

    def known_flags(self, uids: Sequence[int]) -> KnownFlags | None:
        """Messages by ascending UIDs; None where one of them is not known."""
        columns = self.columns
        places = columns.places(uids)
        if len(places) < len(uids):
            return None
        flags, modseqs = _at(columns.flags, places), _at(columns.modseqs, places)
        return KnownFlags(self.modseq, uids, flags, modseqs)

    def follow_flags(self, before: int, modseq: int, uids: Sequence[int], flags: Sequence[int]) -> None:
        """Take in a change of flags made here, by ascending UIDs, if it is the next one.

        Not while tables are read: what was read before it would be laid over it.
        """
        if self.modseq != before or self._lock.locked():
            return
        places = self.columns.places(uids)
        if len(places) == len(uids):
            self.columns.put_flags(places, flags, modseq)
            self._log(array("q", (modseq,)) * len(uids), _at(self.columns.uids, places))
            self.modseq = modseq

    def follow_expunge(self, before: int, modseq: int, gone: Sequence[int]) -> None:
        """Take in an expunge made here, if it is the next change and no tables are read."""
        if self.modseq == before and not self._lock.locked():
            self._remove(gone)
            self.modseq = modseq

    def changed_since(self, modseq: int) -> list[int]:
        """UIDs, ascending, whose flags changed after that modseq; new messages may be among them."""
        if modseq < self._logged_after:
            columns = self.columns
            return [uid for uid, at in zip(columns.uids, columns.modseqs, strict=True) if at > modseq]
        start = bisect_right(self._changed_modseqs, modseq)
        uids = self._changed_uids[start:]
        # Mostly one change of neighbours.
        at = self.columns.find(uids[0]) if uids else 0
        return uids.tolist() if uids == self.columns.uids[at : at + len(uids)] else sorted(set(uids))

    def expunged_since(self, epoch: int, columns: Columns, count: int) -> list[int]:
        """UIDs, ascending, among the first `count` of `columns` that have gone since that epoch."""
        if self._expunged and self._expunged[0][0] <= epoch:
            gone = [uids for at, uids in self._expunged if at >= epoch]
            known = gone[0] if len(gone) == 1 else sorted(chain.from_iterable(gone))
            return [columns.uids[at] for at in columns.places(known, count)]
        left = set(self.columns.uids)
        return [uid for uid in columns.uids[:count] if uid not in left]

    def view(self) -> View:
        """What a client that selects the mailbox now is told."""
        return View(self)


def _at(values: array[int], places: Sequence[int]) -> array[int]:
    if isinstance(places, range):
        return values[places.start : places.stop]
    return array(values.typecode, [values[at] for at in places])


_OWN = "SELECT id, id & 4294967295 AS uid, flags, modseq, size_bytes, internal_at FROM message"


async def _read_columns(mailbox_id: int, user_id: int) -> Columns:
    """All messages of a mailbox, packed by the database: less than half the time of reading rows."""
    pack = {"sqlite": "json_group_array({})", "postgres": "array_agg({} ORDER BY id)"}[db.database().dialect]
    names = ("uid", "flags", "modseq", "size_bytes", "internal_at")
    columns = ", ".join(pack.format(name) for name in names)
    select, args = f"{_OWN} WHERE id BETWEEN ? AND ? ORDER BY id", everything(mailbox_id).args
    if user_id:
        _, _, reader_id = await reader_changes.state(user_id, mailbox_id)
        select = f"{reader_changes.NAMED} WHERE m.id BETWEEN ? AND ? ORDER BY m.id"
        args = (reader_id << UID_BITS, *args)
    sql = f"SELECT {columns} FROM ({select}) AS m"
    # The next UID bounds their number; a small mailbox is read in less time than a thread needs to begin.
    if (await db.fetch_value("SELECT uidnext FROM mailbox WHERE id = ?", mailbox_id) or 0) <= SHORT:
        [packed] = await db.fetch_rows(sql, *args)
        return Columns.unpack(packed)
    [packed] = await db.scan(sql, *args)
    return await asyncio.to_thread(Columns.unpack, packed)


class _Open:
    """The indexes of one database: those in use, and idle ones up to a number of messages."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], MailboxIndex] = {}
        self.idle: OrderedDict[tuple[int, int], MailboxIndex] = OrderedDict()

    def trim(self) -> None:
        total = sum(map(len, self.idle.values()))
        while total > IDLE_MESSAGES:
            key, dropped = self.idle.popitem(last=False)
            del self.known[key]
            total -= len(dropped)


_open = PerDatabase(_Open)


def known_flags(mailbox_id: int, uids: Sequence[int]) -> KnownFlags | None:
    """Some messages of a mailbox, by ascending UIDs, if it is open here and has them all."""
    index = _open().known.get((mailbox_id, 0))
    return index.known_flags(uids) if index is not None and uids else None


def having(mailbox_id: int, modseq: int, bits: int) -> list[int] | None:
    """UIDs, ascending, of messages with one of these flags, if the mailbox is open here as of `modseq`."""
    index = _open().known.get((mailbox_id, 0))
    if index is None or index.modseq != modseq:
        return None
    columns = index.columns
    return [uid for uid, flags in zip(columns.uids, columns.flags, strict=True) if flags & bits]


def follow_flags(
    mailbox_id: int,
    before: int,
    modseq: int,
    uids: Sequence[int],
    flags: Sequence[int],
    user_id: int = 0,
) -> None:
    """Tell the index of a mailbox, if it is open here, of a committed change: it need not read it again."""
    index = _open().known.get((mailbox_id, user_id))
    if index is not None:
        index.follow_flags(before, modseq, uids, flags)


def follow_expunge(mailbox_id: int, before: int, modseq: int, gone: Sequence[int]) -> None:
    """As `follow_flags`, for an expunge of these UIDs."""
    index = _open().known.get((mailbox_id, 0))
    if index is not None:
        index.follow_expunge(before, modseq, gone)


async def open(mailbox_id: int, user_id: int = 0, at_least: int | None = None) -> MailboxIndex:
    """The index of a mailbox, up to date, or at least up to a modseq. Whoever opens it closes it. Raises
    NotFound.
    """
    indexes, key = _open(), (mailbox_id, user_id)
    index = indexes.known.get(key)
    if index is None:
        index = indexes.known[key] = MailboxIndex(mailbox_id, user_id)
    indexes.idle.pop(key, None)
    index.users += 1
    try:
        await index.refresh(at_least)
    except BaseException:
        close(index)
        raise
    return index


def close(index: MailboxIndex) -> None:
    """Give an index back; the last one to do so leaves it idle."""
    indexes, key = _open(), (index.mailbox_id, index.user_id)
    index.users -= 1
    if index.users > 0 or indexes.known.get(key) is not index:
        return
    if index.modseq < 0:
        del indexes.known[key]
    else:
        indexes.idle[key] = index
        indexes.trim()
