"""Five parallel arrays: what is kept in memory of each message of an open mailbox."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress

import orjson

from backend.mailstore.types import MAX_UID

IndexRow = tuple[int, int, int, int, int]

_MAX_U32 = (1 << 32) - 1
_FEW_RUNS = 32


class Columns:
    """Messages in UID order; 28 bytes each. Sizes and dates are cut to 32 bits (4 GiB, the years 1970 to
    2106).
    """

    __slots__ = ("dates", "flags", "modseqs", "sizes", "uids")

    def __init__(self, rows: Sequence[IndexRow] = ()) -> None:
        uids, flags, modseqs, sizes, dates = zip(*rows, strict=True) if rows else ((),) * 5
        self.uids = array("I", [uid & MAX_UID for uid in uids])
        self.flags = array("q", flags)
        self.modseqs = array("q", modseqs)
        self.sizes = _u32(sizes)
        self.dates = _u32(dates)

    @classmethod
    def unpack(cls, packed: Sequence[str | list[int] | None]) -> Columns:
        """Columns that the database has packed, each as a JSON list or a list."""
        uids, flags, modseqs, sizes, dates = (
            orjson.loads(column) if isinstance(column, str) else column or [] for column in packed
        )
        made = cls()
        made.uids, made.sizes, made.dates = array("I", uids), _u32(sizes), _u32(dates)
        made.flags, made.modseqs = array("q", flags), array("q", modseqs)
        return made

    def __len__(self) -> int:
        return len(self.uids)

    def find(self, uid: int, count: int | None = None) -> int:
        """The position of a UID among the first `count`, -1 where it is not there."""
        count = len(self.uids) if count is None else count
        at = bisect_left(self.uids, uid, 0, count)
        return at if at < count and self.uids[at] == uid else -1

    def places(self, uids: Sequence[int], count: int | None = None) -> Sequence[int]:
        """Positions of those of the UIDs (ascending) that are among the first `count`; a `range` where they
        are neighbours.
        """
        if not uids:
            return range(0)
        count = len(self.uids) if count is None else count
        first = self.find(uids[0], count)
        last = first + len(uids)
        if first >= 0 and last <= count and self.uids[last - 1] == uids[-1]:
            # Both ascend: between the same ends there is one way to be without a gap.
            has_no_gap = uids[-1] - uids[0] == len(uids) - 1
            if has_no_gap or self.uids[first:last] == array("I", uids):
                return range(first, last)
        return [at for uid in uids if (at := self.find(uid, count)) >= 0]

    @property
    def max_uid(self) -> int:
        """The highest UID, 0 where there is none."""
        return self.uids[-1] if self.uids else 0

    def append(self, rows: Sequence[IndexRow]) -> None:
        """Add messages whose UIDs, ascending, are above all others."""
        if rows:
            new = Columns(rows)
            for name in Columns.__slots__:
                getattr(self, name).extend(getattr(new, name))

    def followed_by(self, count: int, other: Columns, start: int) -> Columns:
        """New columns: the first `count` of these, and behind them those of `other` from `start` on."""
        made = Columns()
        for name in Columns.__slots__:
            setattr(made, name, getattr(self, name)[:count] + getattr(other, name)[start:])
        return made

    def put(self, row: IndexRow) -> bool:
        """Overwrite a message's flags; whether it was known."""
        at = self.find(row[0] & MAX_UID)
        if at >= 0:
            self.flags[at] = row[1]
            self.modseqs[at] = row[2]
        return at >= 0

    def put_flags(self, positions: Sequence[int], flags: Sequence[int], modseq: int) -> None:
        """Overwrite flags and modseqs at these positions."""
        if isinstance(positions, range):
            self.flags[positions.start : positions.stop] = array("q", flags)
            self.modseqs[positions.start : positions.stop] = array("q", (modseq,)) * len(flags)
            return
        for at, bits in zip(positions, flags, strict=True):
            self.flags[at] = bits
            self.modseqs[at] = modseq

    def without(self, positions: Sequence[int]) -> Columns:
        """New columns that lack these positions (ascending)."""
        runs = _runs(positions)
        made = Columns()
        if len(runs) <= _FEW_RUNS:
            for name in Columns.__slots__:
                copied = getattr(self, name)[:]
                for start, end in reversed(runs):
                    del copied[start:end]
                setattr(made, name, copied)
            return made
        keep = bytearray(b"\1") * len(self)
        for at in positions:
            keep[at] = 0
        for name in Columns.__slots__:
            old = getattr(self, name)
            setattr(made, name, array(old.typecode, compress(old, keep)))
        return made


def _u32(values: Iterable[int]) -> array[int]:
    try:
        return array("I", values)
    except OverflowError:
        return array("I", [min(max(value, 0), _MAX_U32) for value in values])


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    if isinstance(positions, range):
        return [(positions.start, positions.stop)]
    runs: list[tuple[int, int]] = []
    for at in positions:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
