"""Lists of messages as the web shows them: any window of a mailbox, newest first or oldest first.

A window is walked to from its nearer end along the index (mailbox, internal date, id), so the deepest offset
costs half the mailbox at most, and then away from the event loop. The state of a window is the mailbox's
modseq, read before its rows: what commits in between is told again by `position_changes`, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db
from backend.kit.errors import InvalidSyntax, NotFound
from backend.mailstore.list_changes import Added, ListChanges, position_changes
from backend.mailstore.list_rows import ListRow, Sort, rows, rows_at, thread_others, thread_rows

__all__ = [
    "Added",
    "ListChanges",
    "ListRow",
    "Sort",
    "Window",
    "position_changes",
    "rows",
    "rows_at",
    "thread_others",
    "thread_rows",
    "window",
]

MAX_WINDOW = 500
# Beyond this many index entries a walk is left to a thread.
SHORT_WALK = 2000


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of a list, the length of the whole, and the modseq to ask changes from."""

    total: int
    modseq: int
    rows: list[ListRow]


async def window(mailbox_id: int, offset: int, limit: int, sort: Sort = "date") -> Window:
    """Up to `limit` rows from `offset`; `date` is newest first. Raises NotFound, InvalidSyntax."""
    if offset < 0 or not 0 <= limit <= MAX_WINDOW:
        raise InvalidSyntax(f"A window has at most {MAX_WINDOW} rows", field="limit")
    row = await db.fetch_row("SELECT exists_count, modseq FROM mailbox WHERE id = ?", mailbox_id)
    if row is None:
        raise NotFound("There is no such mailbox")
    total, modseq = row
    places = await _places(mailbox_id, offset, min(limit, total - offset), total, sort == "date")
    return Window(total, modseq, await rows_at(places))


async def _places(mailbox_id: int, offset: int, limit: int, total: int, newest_first: bool) -> list[int]:
    """Row ids of a window, walked to from the nearer end."""
    if limit <= 0:
        return []
    skip, is_turned = offset, False
    if total - offset - limit < offset:
        skip, is_turned = total - offset - limit, True
    order = "DESC" if newest_first != is_turned else "ASC"
    read = db.fetch_rows if skip < SHORT_WALK else db.scan
    found = await read(
        "SELECT id FROM message WHERE mailbox_id = ?"
        f" ORDER BY internal_at {order}, id {order} LIMIT ? OFFSET ?",
        mailbox_id,
        limit,
        skip,
    )
    places = [row[0] for row in found]
    return places[::-1] if is_turned else places
