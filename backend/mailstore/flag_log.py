"""Which messages of a mailbox changed their flags, and when: a row for each verb, not for each message.

With `arrived_modseq`, which rises with the UIDs, it answers what changed since a modseq (RFC 7162). Both are
read backwards from their newest row, so that the answer costs what changed and needs no index; an index by
modseq would cost a STORE more than all the rest of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal

from backend.kit import clock, db
from backend.kit.db import Row, Tx
from backend.mailstore.types import MAX_UID, place

# How many rows are read first, and then, on the event loop's own thread; what is beyond is a scan.
_FEW, _MORE = 16, 256


async def append(tx: Tx, mailbox_id: int, modseq: int, uids: Sequence[int]) -> None:
    """Log that flags of these messages, by ascending UIDs, changed."""
    last = (
        "SELECT id FROM flag_log WHERE id BETWEEN CAST(? AS BIGINT) AND CAST(? AS BIGINT)"
        " ORDER BY id DESC LIMIT 1"
    )
    first = place(mailbox_id, 0)
    await tx.execute(
        "INSERT INTO flag_log (id, modseq, uids, logged_at)"
        f" VALUES (COALESCE(({last}), CAST(? AS BIGINT)) + 1, ?, ?, ?)",
        first,
        place(mailbox_id, MAX_UID),
        first,
        modseq,
        pack(uids),
        clock.now(),
    )


async def changed_since(mailbox_id: int, modseq: int, until: int) -> list[int]:
    """UIDs, ascending, of messages whose flags changed after a modseq, and not after another; some may be
    gone.
    """
    rows = await newest("flag_log", "modseq", "uids", mailbox_id, modseq)
    uids = [unpack(row[2]) for row in rows if row[1] <= until]
    return uids[0] if len(uids) == 1 else sorted(set(chain.from_iterable(uids)))


async def newest(
    table: Literal["message", "flag_log"],
    rising: Literal["arrived_modseq", "modseq"],
    columns: str,
    mailbox_id: int,
    modseq: int,
) -> list[Row]:
    """Rows of (id, rising, *columns) of a mailbox, newest first, whose rising column is above a modseq."""
    select = f"SELECT id, {rising}, {columns} FROM {table} WHERE id BETWEEN ? AND ?"
    first, last = place(mailbox_id, 0), place(mailbox_id, MAX_UID)
    found: list[Row] = []
    for limit, read in ((_FEW, db.fetch_few), (_MORE, db.fetch_rows)):
        rows = await read(f"{select} ORDER BY id DESC LIMIT ?", first, last, limit)
        found += [row for row in rows if row[1] > modseq]
        if len(rows) < limit or rows[-1][1] <= modseq:
            return found
        last = rows[-1][0] - 1
    return found + await db.scan(f"{select} AND {rising} > ? ORDER BY id DESC", first, last, modseq)


def pack(uids: Sequence[int]) -> str:
    """Ascending UIDs as a sequence set."""
    if uids[-1] - uids[0] == len(uids) - 1:
        return _span(uids[0], uids[-1])
    spans: list[tuple[int, int]] = []
    for uid in uids:
        if spans and spans[-1][1] == uid - 1:
            spans[-1] = (spans[-1][0], uid)
        else:
            spans.append((uid, uid))
    return ",".join(_span(low, high) for low, high in spans)


def unpack(text: str) -> list[int]:
    """The UIDs that `pack` wrote."""
    uids: list[int] = []
    for span in text.split(","):
        low, colon, high = span.partition(":")
        uids.extend(range(int(low), int(high) + 1) if colon else (int(low),))
    return uids


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}:{high}"
