"""SEARCH keys against the arrays of the selected mailbox; only what is left is looked up in the tables (rule
7).

Of keys that must all hold the cheap ones go first, so that texts are scanned for the fewest messages.
Positions go in and positions come out, ascending.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from backend.kit import clock
from backend.mailstore import fuzzy_search, keywords, search
from backend.mailstore.search import Term, TextField
from backend.mailstore.view import View
from protocol_service.imap.grammar.search_keys import (
    All,
    And,
    InternalDate,
    Key,
    Keyword,
    ModSeqSince,
    Not,
    Numbers,
    ObjectId,
    Or,
    SavedDate,
    SentDate,
    Size,
    SystemFlag,
    Text,
    Within,
)
from protocol_service.imap.selected import Spans
from protocol_service.imap.sequence_set import SequenceSet

Positions = Sequence[int]

_LOOKED_UP = (SentDate, SavedDate, ObjectId, Text)
_FIELDS: dict[str, TextField] = {
    "FROM": "from",
    "TO": "to",
    "CC": "cc",
    "BCC": "bcc",
    "SUBJECT": "subject",
    "BODY": "body",
    "TEXT": "text",
    "HEADER": "header",
}


class Searched(Protocol):
    """A mailbox that is searched: the selected one, or another (RFC 7377)."""

    @property
    def account_id(self) -> int:
        """Whose it is."""

    @property
    def mailbox_id(self) -> int:
        """Which it is."""

    async def spans(self, pairs: SequenceSet, *, by_uid: bool) -> Spans:
        """The positions that a sequence set names."""


class Search:
    """One SEARCH under way, on a view that does not move meanwhile.

    `scores` are the relevancies of what a fuzzy text has found, by position (RFC 6203).
    """

    def __init__(self, selected: Searched, view: View) -> None:
        self._selected = selected
        self._view = view
        self.columns = view.columns
        self._count = view.count
        self.scores: dict[int, int] = {}

    async def run(self, key: Key) -> Positions:
        """The positions of all messages that the key finds; what is gone and not told yet is never found."""
        view = self._view
        found = await self._find(key, range(self._count))
        if view.epoch == view.index.epoch:
            return found
        current, uids = view.index.columns, self.columns.uids
        return [at for at in found if current.find(uids[at]) >= 0]

    async def _find(self, key: Key, among: Positions) -> Positions:
        if not among or isinstance(key, All):
            return among
        if isinstance(key, And):
            for one in sorted(key.keys, key=_cost):
                among = await self._find(one, among)
            return among
        if isinstance(key, Not):
            return _less(among, await self._find(key.key, among))
        if isinstance(key, Or):
            cheap, dear = sorted((key.left, key.right), key=_cost)
            found = await self._find(cheap, among)
            return sorted([*found, *await self._find(dear, _less(among, found))])
        if isinstance(key, Numbers):
            return _within(await self._selected.spans(key.pairs, by_uid=key.is_uid), among)
        await asyncio.sleep(0)  # a long list of keys must not keep others from their turn
        if isinstance(key, SentDate | SavedDate | ObjectId | Text):
            return await self._look_up(key, among)
        return await self._scan(key, among)

    async def _scan(
        self, key: SystemFlag | Keyword | InternalDate | Within | Size | ModSeqSince, among: Positions
    ) -> Positions:
        """A key that one of the arrays answers."""
        columns = self.columns
        if isinstance(key, SystemFlag):
            return _with_bits(columns.flags, key.bits, among)
        if isinstance(key, Keyword):
            (bit,) = await keywords.find_keyword_bits(self._selected.account_id, [key.name])
            return _with_bits(columns.flags, bit, among) if bit else []
        if isinstance(key, Within):
            at = clock.now() - key.seconds
            low, high = (None, at + 1) if key.is_older else (at, None)
            return _between(columns.dates, low, high, among)
        if isinstance(key, ModSeqSince):
            return _between(columns.modseqs, key.modseq, None, among)
        values = columns.dates if isinstance(key, InternalDate) else columns.sizes
        return _between(values, key.low, key.high, among)

    async def _look_up(self, key: SentDate | SavedDate | ObjectId | Text, among: Positions) -> Positions:
        """A key that the tables answer, in a thread of theirs."""
        uids = self.columns.uids
        narrowed = None if len(among) == self._count else [uids[at] for at in among]
        mailbox_id = self._selected.mailbox_id
        if isinstance(key, SentDate):
            found = await search.sent_between(mailbox_id, key.low, key.high, narrowed)
        elif isinstance(key, SavedDate):
            found = await search.saved_between(mailbox_id, key.low, key.high, narrowed)
        elif isinstance(key, ObjectId):
            found = await search.of_object(mailbox_id, key.kind, key.number, narrowed)
        else:
            term = Term(_FIELDS[key.field], key.needle, key.name)
            if key.is_fuzzy:
                return await self._fuzzy(term, narrowed)
            found = await search.search_mailbox(mailbox_id, [term], narrowed)
        # A message that has come meanwhile is not known to the client yet.
        find, count = self.columns.find, self._count
        return [at for uid in found if (at := find(uid, count)) >= 0]

    async def _fuzzy(self, term: Term, narrowed: Sequence[int] | None) -> Positions:
        """Of a message that several fuzzy texts find the lowest score counts: all of them must fit."""
        account_id, mailbox_id = self._selected.account_id, self._selected.mailbox_id
        scored = await fuzzy_search.search(account_id, mailbox_id, term, narrowed)
        find, count = self.columns.find, self._count
        found = {at: score for uid, score in scored.items() if (at := find(uid, count)) >= 0}
        for at, score in found.items():
            self.scores[at] = min(score, self.scores.get(at, score))
        return sorted(found)


def _cost(key: Key) -> int:
    """Whether a key reads tables, for the order of evaluation."""
    if isinstance(key, Not):
        return _cost(key.key)
    if isinstance(key, And):
        return max(map(_cost, key.keys))
    if isinstance(key, Or):
        return max(_cost(key.left), _cost(key.right))
    return int(isinstance(key, _LOOKED_UP))


def _with_bits(flags: Sequence[int], bits: int, among: Positions) -> Positions:
    if isinstance(among, range):
        part = flags[among.start : among.stop]
        return [at for at, value in enumerate(part, among.start) if value & bits]
    return [at for at in among if flags[at] & bits]


def _between(values: Sequence[int], low: int | None, high: int | None, among: Positions) -> Positions:
    floor = low if low is not None else 0
    if high is None:
        return [at for at in among if values[at] >= floor]
    return [at for at in among if floor <= values[at] < high]


def _less(among: Positions, found: Positions) -> Positions:
    if not found:
        return among
    known = set(found)
    return [at for at in among if at not in known]


def _within(spans: list[tuple[int, int]], among: Positions) -> Positions:
    if isinstance(among, range):
        return [at for start, stop in spans for at in range(start, stop)]
    starts = [start for start, _ in spans]
    return [at for at in among if (span := bisect_right(starts, at)) and at < spans[span - 1][1]]
