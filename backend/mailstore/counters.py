"""The counters in a mailbox's row, and how messages add up to them.

SELECT and STATUS never count (rule 7): whoever adds, changes or removes messages bumps the row in that
transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore.selection import Selection
from backend.mailstore.types import MAX_UID, place, uid_of

_SEEN, _DELETED = 1, 8
# What a `Tally` holds, of rows of `message`.
_SUMS = (
    "COUNT(*), COALESCE(SUM(1 - (flags & 1)), 0), COALESCE(SUM((flags & 8) / 8), 0),"
    " COALESCE(SUM(size_bytes), 0)"
)


@dataclass(slots=True)
class Tally:
    """What some messages add to the counters of a mailbox."""

    exists: int = 0
    unseen: int = 0
    deleted: int = 0
    size_bytes: int = 0

    def add(self, flags: int, size_bytes: int) -> None:
        """Count a message in."""
        self.exists += 1
        self.unseen += not flags & _SEEN
        self.deleted += bool(flags & _DELETED)
        self.size_bytes += size_bytes

    def include(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.exists += other.exists
        self.unseen += other.unseen
        self.deleted += other.deleted
        self.size_bytes += other.size_bytes

    def __neg__(self) -> Tally:
        return Tally(-self.exists, -self.unseen, -self.deleted, -self.size_bytes)


def tally(rows: Iterable[tuple[int, int]]) -> Tally:
    """Add up (flags, size) pairs."""
    pairs = list(rows)
    total = flags_tally(flags for flags, _ in pairs)
    total.exists = len(pairs)
    total.size_bytes = sum(size_bytes for _, size_bytes in pairs)
    return total


def flags_tally(flags: Iterable[int]) -> Tally:
    """What flag sets add to the counters of flags alone."""
    total = Tally()
    for bits, count in _counted(flags):
        total.unseen += 0 if bits & _SEEN else count
        total.deleted += count if bits & _DELETED else 0
    return total


def _counted(flags: Iterable[int]) -> Iterable[tuple[int, int]]:
    known = list(flags)
    return [(known[0], 1)] if len(known) == 1 else Counter(known).items()


async def bump(tx: Tx, account_id: int, mailbox_id: int, modseq: int, change: Tally) -> None:
    """Add to a mailbox's counters and raise its modseq. Raises NotFound where it is not the account's."""
    touched = await tx.execute(
        "UPDATE mailbox SET exists_count = exists_count + ?, unseen_count = unseen_count + ?,"
        " deleted_count = deleted_count + ?, size_bytes = size_bytes + ?, modseq = ?"
        " WHERE id = ? AND account_id = ?",
        change.exists,
        change.unseen,
        change.deleted,
        change.size_bytes,
        modseq,
        mailbox_id,
        account_id,
    )
    if not touched:
        raise NotFound("There is no such mailbox")


async def allot(tx: Tx, account_id: int, mailbox_id: int, modseq: int, added: Tally) -> tuple[int, int]:
    """Bump by added messages and give them UIDs: the first one's UID, and the UIDVALIDITY."""
    row = await tx.fetch_row(
        "UPDATE mailbox SET uidnext = uidnext + ?, exists_count = exists_count + ?,"
        " unseen_count = unseen_count + ?, deleted_count = deleted_count + ?, size_bytes = size_bytes + ?,"
        " modseq = ? WHERE id = ? AND account_id = ? RETURNING uidnext, uidvalidity",
        added.exists,
        added.exists,
        added.unseen,
        added.deleted,
        added.size_bytes,
        modseq,
        mailbox_id,
        account_id,
    )
    if row is None:
        raise NotFound("There is no such mailbox")
    return row[0] - added.exists, row[1]


async def add_up(
    tx: Tx, account_id: int, chosen: Iterable[Selection], *, flags: int = 0
) -> tuple[Sequence[int], Tally]:
    """Those of the chosen messages of a mailbox that are there and have all these flags: their UIDs,
    ascending, and what they count. A run that is whole costs no row.
    """
    uids: list[Sequence[int]] = []
    total = Tally()
    for part in chosen:
        where, args = f"{part.where} AND account_id = ?", (*part.args, account_id)
        if flags:
            where, args = f"{where} AND flags & ? = ?", (*args, flags, flags)
        if part.is_run:
            row = await tx.fetch_row(f"SELECT {_SUMS} FROM message WHERE {where}", *args)
            counted = Tally(*map(int, row)) if row is not None else Tally()
            first, last = map(uid_of, part.args)
            if counted.exists == last - first + 1:
                uids.append(range(first, last + 1))
                total.include(counted)
                continue
        rows = await tx.fetch_rows(
            f"SELECT id, flags, size_bytes FROM message WHERE {where} ORDER BY id", *args
        )
        uids.append([uid_of(row[0]) for row in rows])
        total.include(tally((row[1], row[2]) for row in rows))
    return uids[0] if len(uids) == 1 else [*chain.from_iterable(uids)], total


async def recount(tx: Tx, mailbox_id: int) -> None:
    """Set a mailbox's counters from its message rows (repair)."""
    row = await tx.fetch_row(
        f"SELECT {_SUMS} FROM message WHERE id BETWEEN ? AND ?",
        place(mailbox_id, 1),
        place(mailbox_id, MAX_UID),
    )
    if row is not None:
        await tx.execute(
            "UPDATE mailbox SET exists_count = ?, unseen_count = ?, deleted_count = ?, size_bytes = ?"
            " WHERE id = ?",
            *(int(value) for value in row),
            mailbox_id,
        )
