"""What lists ask for again and again of the same messages, remembered by each process for a minute.

A message never changes (RFC 9051 §2.3.1.1): what is derived from it stays true as long as its UID does, in
every process. Only `postroom check` writes it anew where it was damaged, hence the minute. That a message has
gone is the index's matter, not ours: until its client has been told, it may still be answered for (RFC 2180
§4.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.kit import clock
from backend.mailstore import reader
from backend.mailstore.per_database import PerDatabase

COLUMNS = frozenset({"envelope", "bodystructure", "body"})
# So many messages are a page of a list; whoever asks for more at once reads a whole mailbox, and only once.
PAGE = 100
LASTS_S = 60
MOST_BYTES = 16 << 20
_ROW_BYTES = 200  # of a row beside its values

Row = tuple[Any, ...]


class _Rows:
    """Rows of (uid, *columns) by mailbox and columns, then by UID."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[str, ...]], dict[int, Row]] = {}
        self._size = 0
        self._since = 0

    def of(self, mailbox_id: int, columns: tuple[str, ...]) -> dict[int, Row]:
        """What is known now; not for long."""
        if self._size > MOST_BYTES or not 0 <= clock.now() - self._since <= LASTS_S:
            self._known, self._size, self._since = {}, 0, clock.now()
        return self._known.setdefault((mailbox_id, columns), {})

    def add(self, known: dict[int, Row], rows: Sequence[Row]) -> None:
        """Remember what was read."""
        for row in rows:
            known[row[0]] = row
            self._size += _ROW_BYTES + sum(map(len, row[1:]))


_rows = PerDatabase(_Rows)


async def page(mailbox_id: int, uids: Sequence[int], columns: tuple[str, ...]) -> list[Row]:
    """Rows of (uid, *columns) of these messages, ascending and without one between them in their mailbox,
    in UID order; what has gone may be left out. `columns` are among `COLUMNS`.
    """
    rows = _rows()
    known = rows.of(mailbox_id, columns)
    missing = [uid for uid in uids if uid not in known]
    if missing:
        # Most often they are the newest: what lies between them is read with them.
        found = await reader.fetch_columns(mailbox_id, missing[0], missing[-1], columns, limit=len(uids))
        rows.add(known, found)
    return [known[uid] for uid in uids if uid in known]
