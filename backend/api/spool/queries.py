"""Looking into the spool."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.relay import Page, bounded, decode_cursor
from backend.api.spool.types import SpoolConnection, SpoolDestination, SpoolMessage, SpoolPause
from backend.directory.roles import Permission
from backend.kit.errors import NotFound
from backend.spool import listing, pauses
from backend.spool.listing import Filter
from backend.spool.types import State

MAX_SEARCH = 200


async def _spool(
    info: Info,
    first: int = 50,
    after: str | None = None,
    search: str | None = None,
    domain: str | None = None,
    state: State | None = None,
) -> SpoolConnection | None:
    actor, first = info.context.signed_in, bounded(first)
    key = decode_cursor(after)
    before = one_id(key, "after") if key is not None else None
    wanted = Filter((search or "")[:MAX_SEARCH], (domain or "")[:MAX_SEARCH], state)
    found = await listing.list_page(actor, wanted, before=before, limit=first)
    rows = [(str(row.id), SpoolMessage.of(row)) for row in found.items]
    return SpoolConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _spool_message(info: Info, id: strawberry.ID) -> SpoolMessage | None:
    try:
        return SpoolMessage.of(await listing.show(info.context.signed_in, one_id(id, "id")))
    except NotFound:
        return None


async def _spool_destinations(info: Info) -> list[SpoolDestination] | None:
    return [SpoolDestination.of(row) for row in await listing.destinations(info.context.signed_in)]


async def _spool_pauses(info: Info) -> list[SpoolPause] | None:
    return [SpoolPause.of(row) for row in await pauses.list_pauses(info.context.signed_in)]


@strawberry.type
class SpoolQueries:
    """What waits."""

    spool: SpoolConnection | None = guarded(
        Permission.SPOOL_READ,
        description="Messages with a recipient of this domain and state, newest first; without a state those "
        "that are not finished.",
    )(_spool)
    spool_message: SpoolMessage | None = guarded(
        Permission.SPOOL_READ, description="One message, for 30 days after it is finished too."
    )(_spool_message)
    spool_destinations: list[SpoolDestination] | None = guarded(
        Permission.SPOOL_READ, description="Domains with open recipients, those with most first, 200 at most."
    )(_spool_destinations)
    spool_pauses: list[SpoolPause] | None = guarded(Permission.SPOOL_READ)(_spool_pauses)
