"""How a list changed since a window of it was read: what left, what came and where, what looks different."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db
from backend.kit.errors import NotFound, SyncLost
from backend.mailstore import flag_log
from backend.mailstore.changes import mailbox_state
from backend.mailstore.list_rows import ListRow, Sort, rows_at
from backend.mailstore.types import place

MAX_CHANGES = 500
_TRIES = 3
_SHORT_LIST = 5000


@dataclass(frozen=True, slots=True)
class Added:
    """A new row and its index in the list as it is now."""

    index: int
    row: ListRow


@dataclass(frozen=True, slots=True)
class ListChanges:
    """Apply in this order: `removed` refs, `added` by ascending index, `updated` rows.

    A message that was moved away and back stands in both `removed` and `added`. `messages` counts what the
    rows stand for; None where that is one each.
    """

    modseq: int
    total: int
    removed: list[int]
    added: list[Added]
    updated: list[ListRow]
    messages: int | None = None


async def position_changes(mailbox_id: int, since: int, sort: Sort = "date") -> ListChanges:
    """What changed in a mailbox's list after the modseq `since`.

    Raises SyncLost where that is no longer known or is more than a list should be patched with; NotFound.
    """
    for _ in range(_TRIES):
        changes = await _read(mailbox_id, since, sort)
        # Places are counted in several reads, which agree if nothing was committed in between.
        if (await mailbox_state(mailbox_id))[0] == changes.modseq:
            break
    return changes


async def _read(mailbox_id: int, since: int, sort: Sort) -> ListChanges:
    row = await db.fetch_row(
        "SELECT modseq, expunged_before, exists_count FROM mailbox WHERE id = ?", mailbox_id
    )
    if row is None:
        raise NotFound("There is no such mailbox")
    modseq, expunged_before, total = row
    if since < expunged_before:
        raise SyncLost("Changes since then are no longer known", detail={"mailbox_id": mailbox_id})
    if since >= modseq:
        return ListChanges(modseq, total, [], [], [])
    gone = await _bounded("SELECT ref FROM expunged", mailbox_id, since)
    arrived = await flag_log.newest("message", "arrived_modseq", "internal_at", mailbox_id, since)
    flagged = await flag_log.changed_since(mailbox_id, since, modseq)
    if max(len(arrived), len(flagged)) > MAX_CHANGES:
        raise _too_much(mailbox_id)
    added = sorted(
        ((place_id, date) for place_id, _, date in arrived),
        key=lambda item: (item[1], item[0]),
        reverse=sort == "date",
    )
    new = {place_id for place_id, _ in added}
    updated = [place_id for uid in flagged if (place_id := place(mailbox_id, uid)) not in new]
    indexes = await _indexes(mailbox_id, added, sort, total)
    places = [*(place_id for place_id, _ in added), *updated]
    listed = {place(row.mailbox_id, row.uid): row for row in await rows_at(places)}
    return ListChanges(
        modseq,
        total,
        [row[0] for row in gone],
        [
            Added(at, listed[place_id])
            for at, (place_id, _) in zip(indexes, added, strict=True)
            if place_id in listed
        ],
        [listed[place_id] for place_id in updated if place_id in listed],
    )


async def _bounded(select: str, mailbox_id: int, since: int) -> list[db.Row]:
    rows = await db.fetch_rows(
        f"{select} WHERE mailbox_id = ? AND modseq > ? LIMIT ?", mailbox_id, since, MAX_CHANGES + 1
    )
    if len(rows) > MAX_CHANGES:
        raise _too_much(mailbox_id)
    return rows


def _too_much(mailbox_id: int) -> SyncLost:
    return SyncLost("Too much has changed", detail={"mailbox_id": mailbox_id})


async def _indexes(mailbox_id: int, added: list[tuple[int, int]], sort: Sort, total: int) -> list[int]:
    """The index of each added message: how many stand before the first, and between each and the next."""
    before, after = (">", "<") if sort == "date" else ("<", ">")
    read = db.fetch_rows if total < _SHORT_LIST else db.scan
    indexes: list[int] = []
    bound = ""
    args: tuple[int, ...] = ()
    for place_id, date in added:
        [(count,)] = await read(
            f"SELECT COUNT(*) FROM message WHERE mailbox_id = ? AND (internal_at, id) {before} (?, ?){bound}",
            mailbox_id,
            date,
            place_id,
            *args,
        )
        indexes.append(count + (indexes[-1] + 1 if indexes else 0))
        bound, args = f" AND (internal_at, id) {after} (?, ?)", (date, place_id)
    return indexes
