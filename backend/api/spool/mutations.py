"""Acting on messages in the spool; each answers how many messages it changed."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import many_ids
from backend.directory.roles import Permission
from backend.spool import admin


async def _retry_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.retry(info.context.signed_in, _numbers(ids))


async def _hold_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.hold(info.context.signed_in, _numbers(ids))


async def _release_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.release(info.context.signed_in, _numbers(ids))


async def _drop_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.drop(info.context.signed_in, _numbers(ids))


def _numbers(ids: list[strawberry.ID]) -> list[int]:
    return many_ids(ids, "ids", limit=admin.MAX_IDS)


@strawberry.type
class SpoolMutations:
    """What administrators do with it."""

    retry_spool: int | None = guarded(
        Permission.SPOOL_MANAGE, description="Attempt what waits now; what is held stays so."
    )(_retry_spool)
    hold_spool: int | None = guarded(Permission.SPOOL_MANAGE, description="Attempt nothing until released.")(
        _hold_spool
    )
    release_spool: int | None = guarded(
        Permission.SPOOL_MANAGE, description="Give held messages back to their schedule."
    )(_release_spool)
    drop_spool: int | None = guarded(
        Permission.SPOOL_MANAGE, description="Give up open recipients; nobody is told."
    )(_drop_spool)
