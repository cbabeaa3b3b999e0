"""From rows of lists to what the API shows of them, many at a time."""

from __future__ import annotations

from backend.api.lists.types import MailingList, shown
from backend.directory import list_members, list_standing, list_types
from backend.directory.list_types import Standing
from backend.directory.principal import Principal
from backend.submission.lists import held


async def lists_shown(actor: Principal, rows: list[list_types.MailingList]) -> list[MailingList]:
    """Lists with counts; what waits is for those who may decide about it."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    members, waiting = await list_members.counts(ids), await held.counts(ids)
    found = []
    for row in rows:
        standing = await list_standing.of(actor, row)
        may_decide = standing is not None and standing >= Standing.MODERATOR
        found.append(
            shown(row, members=members[row.id], held=waiting[row.id] if may_decide else 0, standing=standing)
        )
    return found


async def list_shown(actor: Principal, row: list_types.MailingList) -> MailingList:
    """One list."""
    [one] = await lists_shown(actor, [row])
    return one
