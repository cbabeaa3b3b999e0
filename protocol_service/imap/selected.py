"""The selected mailbox of one session: what its client has been told of it.

SELECT answers from the mailbox's row, and many sessions never need more: the arrays that all sessions of a
mailbox share (`mailstore.index`) are opened by the first command that does (`load`), as they were at
`modseq`. Until then new messages alone can be told, by their number.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Unpack

from backend.kit.errors import SyncLost
from backend.mailstore import flags, reader_flags
from backend.mailstore import index as indexes
from backend.mailstore.changes import mailbox_state
from backend.mailstore.columns import Columns
from backend.mailstore.flags import StoreResult
from backend.mailstore.index import MailboxIndex
from backend.mailstore.types import MailboxRow, ModSeq
from backend.mailstore.view import News, View
from protocol_service.imap import sequence_set
from protocol_service.imap.sequence_set import SequenceSet
from protocol_service.imap.watch import Watch

Spans = list[tuple[int, int]]

_DENSE = 64  # a run of this many messages is cut out of the arrays as it is
_NO_EPOCH = -1
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Some messages of an answer: positions in `columns`, which are sequence numbers less one."""

    columns: Columns
    positions: Sequence[int]

    def of(self, values: Sequence[int]) -> Sequence[int]:
        """The values of one of the columns, message by message."""
        at = self.positions
        if isinstance(at, range):
            return values[at.start : at.stop]
        return [values[i] for i in at]

    @property
    def uids(self) -> Sequence[int]:
        return self.of(self.columns.uids)

    @property
    def numbers(self) -> Sequence[int]:
        """Message sequence numbers."""
        at = self.positions
        return range(at.start + 1, at.stop + 1) if isinstance(at, range) else [i + 1 for i in at]

    def without(self, uids: frozenset[int] | set[int]) -> Batch:
        """The batch less these messages."""
        known = self.columns.uids
        return Batch(self.columns, [at for at in self.positions if known[at] not in uids])


class Selected:
    """What one client knows of the mailbox it has selected.

    `must_look` has the next news ask the tables; `view` is None until the arrays are needed. `saved` are the
    UIDs, ascending, that `$` stands for (RFC 5182); what is gone of them is passed over. `user_id` is 0, or
    who reads the mailbox as another's.
    """

    __slots__ = (
        "_index",
        "account_id",
        "exists",
        "is_read_only",
        "keywords_told",
        "mailbox_id",
        "modseq",
        "must_look",
        "saved",
        "uidnext",
        "user_id",
        "view",
        "watch",
    )

    def __init__(self, row: MailboxRow, watch: Watch, *, is_read_only: bool) -> None:
        self.user_id = watch.user_id
        self.account_id: int = row.account_id
        self.mailbox_id: int = row.id
        self.exists = row.exists
        self.uidnext: int = row.uidnext
        self.modseq: int = row.modseq
        self.is_read_only = is_read_only
        self.keywords_told = 0
        self.must_look = False
        self.saved: array[int] = array("I")
        self.watch = watch
        self._index: MailboxIndex | None = None
        self.view: View | None = None

    def close(self) -> None:
        """Give the shared arrays back."""
        if self._index is not None:
            indexes.close(self._index)
            self._index = self.view = None

    async def load(self) -> View:
        """The arrays as the client knows the mailbox. Raises NotFound where it is gone, SyncLost.

        What has come since SELECT is not asked for: it would have to be taken off again.
        """
        if self.view is not None:
            return self.view
        index = await indexes.open(self.mailbox_id, self.user_id, at_least=self.modseq)
        try:
            view = await self._as_told(index)
        except BaseException:
            indexes.close(index)
            raise
        self._index, self.view = index, view
        return view

    async def _as_told(self, index: MailboxIndex) -> View:
        """A view of the mailbox as it was at `modseq`: with what has gone since, without what has come.

        The index may hold more than its own modseq says (`mailstore.changes`), so numbers are compared too.
        Raises SyncLost.
        """
        view = self._known_part(index)
        if view.modseq == self.modseq and view.count == self.exists:
            return view
        for attempt in range(_ATTEMPTS):
            changes = await self.watch.changes(self.modseq, view.modseq, anew=attempt > 0)
            view = self._known_part(index)  # which may have moved on meanwhile
            gone = [uid for uid in changes.expunged if uid < self.uidnext and view.columns.find(uid) < 0]
            if changes.modseq < view.modseq or view.count + len(gone) != self.exists:
                continue
            if gone:
                view.columns = _with_tombstones(view.columns, view.count, gone)
                view.count += len(gone)
                view.epoch = _NO_EPOCH
            view.modseq = ModSeq(self.modseq)
            return view
        raise SyncLost("The mailbox has changed too much, select it again")

    def _known_part(self, index: MailboxIndex) -> View:
        """The index as it is, without messages that the client was not told of."""
        view = index.view()
        view.count = len(view.positions(1, self.uidnext - 1)) if self.uidnext > 1 else 0
        return view

    @property
    def has_news(self) -> bool:
        """Whether the client may have to be told something."""
        if self.must_look or self.watch.modseq > self.modseq:
            return True
        view = self.view
        return view is not None and (view.epoch != view.index.epoch or view.modseq < view.index.modseq)

    async def news(self, *, may_expunge: bool, arrivals: bool = False) -> News | None:
        """What the client does not know yet; None where there is nothing. Raises NotFound when it is gone.

        With `arrivals` new messages are told also while expunges may not be.
        """
        if not self.has_news:
            return None
        at_least = self.watch.modseq
        if self.must_look:
            self.must_look = False
            at_least, _ = await mailbox_state(self.mailbox_id, self.user_id)
            view = self.view
            if at_least <= self.modseq and (view is None or view.epoch == view.index.epoch):
                return None
        if self.view is None:
            news = await self._count_new()
            if news is not None:
                return news
        view = await self.load()
        await view.index.refresh(at_least)
        news = view.sync(expunges=may_expunge, arrivals=arrivals)
        self.exists = view.count
        self.uidnext = max(self.uidnext, view.max_uid + 1)
        self.modseq = view.modseq
        return news

    async def _count_new(self) -> News | None:
        """News without the arrays: possible where only messages were added."""
        changes = await self.watch.changes(self.modseq)
        if any(uid < self.uidnext for uid in changes.expunged):
            return None
        new = 0
        for uid, _, _ in changes.changed:
            if uid < self.uidnext:
                return None
            new += 1
        self.modseq = changes.modseq
        if not new:
            return News()
        self.exists += new
        self.uidnext = max(uid for uid, _, _ in changes.changed) + 1
        return News(exists=self.exists)

    async def store(
        self, uids: Sequence[int], permitted: int, unchanged_since: int | None, **bits: Unpack[flags.Bits]
    ) -> StoreResult:
        """Change those of the flags that are permitted. Raises NotFound."""
        if not self.user_id:
            return await flags.store(
                self.mailbox_id,
                self.account_id,
                uids,
                unchanged_since=unchanged_since,
                told=self.modseq,
                **bits,
            )
        change = flags.change_of(**bits).limited_to(permitted)
        return await reader_flags.store(
            self.user_id, self.account_id, self.mailbox_id, uids, change, unchanged_since, self.modseq
        )

    async def spans(self, pairs: SequenceSet, *, by_uid: bool) -> Spans:
        """The positions that a sequence set names, as half-open ranges; what does not exist is left out."""
        view = await self.load()
        if pairs == sequence_set.SAVED:
            return _runs(at for uid in self.saved if (at := view.columns.find(uid, view.count)) >= 0)
        if by_uid:
            found = [view.positions(low, high) for low, high in sequence_set.resolve(pairs, view.max_uid)]
            return [(run.start, run.stop) for run in found if run]
        ranges = sequence_set.resolve(pairs, view.count)
        return [(low - 1, min(high, view.count)) for low, high in ranges if low <= view.count]

    async def uids(self, spans: Spans) -> Sequence[int]:
        """UIDs of the messages in these ranges, ascending; a `range` where none is missing among them."""
        uids = (await self.load()).columns.uids
        if len(spans) == 1:
            [(start, stop)] = spans
            first, last = uids[start], uids[stop - 1]
            return range(first, last + 1) if last - first == stop - start - 1 else uids[start:stop].tolist()
        return list(chain.from_iterable(uids[start:stop] for start, stop in spans))

    def number_of(self, uid: int) -> int:
        """The sequence number of a message, 0 where the client knows none (or the arrays are not open)."""
        return 0 if self.view is None else self.view.sequence_number(uid)

    def modseq_of(self, uid: int) -> int:
        """The modseq of a message, 0 where it is not known."""
        number = self.number_of(uid)
        return self.view.columns.modseqs[number - 1] if number and self.view is not None else 0


def _runs(positions: Iterable[int]) -> Spans:
    """Ascending positions as half-open ranges."""
    spans: Spans = []
    for at in positions:
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def batches(view: View, spans: Spans, size: int) -> Iterator[Batch]:
    """The messages in these ranges, `size` at a time; those that are gone are left out."""
    return (_present(view, positions) for positions in _cut(spans, size))


def _cut(spans: Spans, size: int) -> Iterator[Sequence[int]]:
    """Ranges as pieces of at most `size` positions; scattered ones are put together."""
    scattered: list[int] = []
    if len(spans) == 1:  # most often
        start, stop = spans[0]
        yield from (range(at, min(at + size, stop)) for at in range(start, stop, size))
        return
    for start, stop in spans:
        if stop - start < _DENSE:
            scattered.extend(range(start, stop))
            if len(scattered) >= size:
                yield scattered[:size]
                scattered = scattered[size:]
            continue
        if scattered:
            yield scattered
            scattered = []
        for at in range(start, stop, size):
            yield range(at, min(at + size, stop))
    if scattered:
        yield scattered


def _present(view: View, positions: Sequence[int]) -> Batch:
    columns = view.columns
    if view.epoch == view.index.epoch:
        return Batch(columns, positions)
    current, uids = view.index.columns, columns.uids
    return Batch(columns, [at for at in positions if current.find(uids[at]) >= 0])


def _with_tombstones(columns: Columns, count: int, gone: Sequence[int]) -> Columns:
    """The first `count` messages with those that have gone in their old places."""
    rows = zip(
        columns.uids[:count],
        columns.flags[:count],
        columns.modseqs[:count],
        columns.sizes[:count],
        columns.dates[:count],
        strict=True,
    )
    return Columns(sorted([*rows, *((uid, 0, 0, 0, 0) for uid in gone)]))
