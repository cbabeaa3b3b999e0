"""A mailbox as one of its readers sees it: flags and modseqs with the reader's own marks laid over them.

The counterpart of what `changes` and `index` read for an owner. Deliberately plain rows, so that both can
use it.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import db
from backend.kit.errors import NotFound
from backend.mailstore.selection import by_uids
from backend.mailstore.types import MAX_UID, UID_BITS

_FLAGS = "(m.flags & -2) + COALESCE(k.is_seen, 0)"
_MODSEQ = "CASE WHEN k.modseq > m.modseq THEN k.modseq ELSE m.modseq END"
_JOIN = f"seen_mark k ON k.id = CAST(? AS BIGINT) + (m.id & {MAX_UID})"
# (id, flags, modseq, size, date); the first argument is the reader's `first_mark`.
SELECT = f"SELECT m.id, {_FLAGS}, {_MODSEQ}, m.size_bytes, m.internal_at FROM message m LEFT JOIN {_JOIN}"
# The inner select of packed columns, named as those of a message.
NAMED = (
    f"SELECT m.id, m.id & {MAX_UID} AS uid, {_FLAGS} AS flags, {_MODSEQ} AS modseq, m.size_bytes,"
    f" m.internal_at FROM message m LEFT JOIN {_JOIN}"
)
# (id, flags, the owner's flags, email, size, date), for copies.
FOR_COPY = (
    f"SELECT m.id, {_FLAGS}, m.flags, m.email_id, m.size_bytes, m.internal_at FROM message m"
    f" LEFT JOIN {_JOIN}"
)
_MARKED = (
    f"SELECT m.id, {_FLAGS}, {_MODSEQ}, m.size_bytes, m.internal_at FROM seen_mark k"
    f" JOIN message m ON m.id = CAST(? AS BIGINT) + (k.id & {MAX_UID})"
    " WHERE k.reader_id = ? AND k.modseq > ? AND k.modseq <= ?"
)
Rows = list[db.Row]


async def state(user_id: int, mailbox_id: int) -> tuple[int, int, int]:
    """The view's modseq, that up to which tombstones are gone, and the reader's id. Raises NotFound."""
    row = await db.fetch_row(
        "SELECT m.modseq, m.expunged_before, COALESCE(r.id, 0), COALESCE(r.modseq, 0) FROM mailbox m"
        " LEFT JOIN mailbox_reader r ON r.user_id = ? AND r.mailbox_id = m.id WHERE m.id = ?",
        user_id,
        mailbox_id,
    )
    if row is None:
        raise NotFound("There is no such mailbox")
    return max(row[0], row[3]), row[1], row[2]


async def rows_since(
    reader_id: int, mailbox_id: int, modseqs: tuple[int, int], changed: Sequence[int]
) -> Rows:
    """Messages that changed after one modseq and not after another, for the reader of that id (0: none yet),
    by id: `changed` did so for everybody, others were marked by the reader alone.
    """
    rows: Rows = []
    for chosen in by_uids(mailbox_id, changed, column="m.id"):
        rows += await db.scan(f"{SELECT} WHERE {chosen.where}", reader_id << UID_BITS, *chosen.args)
    marked = await db.scan(_MARKED, mailbox_id << UID_BITS, reader_id, *modseqs) if reader_id else []
    return sorted({row[0]: row for row in (*rows, *marked)}.values())
