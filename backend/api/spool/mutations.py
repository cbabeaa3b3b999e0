"""Acting on messages in the spool; each answers how many messages it changed."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import many_ids, one_id
from backend.api.spool.types import SpoolPause, SpoolProgress
from backend.directory.roles import Permission
from backend.spool import admin, pauses
from backend.spool.listing import Filter
from backend.spool.types import State

MAX_SEARCH = 200


async def _retry_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.retry(info.context.signed_in, _numbers(ids))


async def _hold_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.hold(info.context.signed_in, _numbers(ids))


async def _release_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.release(info.context.signed_in, _numbers(ids))


async def _drop_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.drop(info.context.signed_in, _numbers(ids))


async def _return_spool(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await admin.give_back(info.context.signed_in, _numbers(ids))


async def _prioritize_spool(info: Info, ids: list[strawberry.ID], priority: int) -> int | None:
    return await admin.prioritize(info.context.signed_in, _numbers(ids), priority)


@strawberry.enum(description="What is done with every message that matches.")
class SpoolAct(Enum):
    """The acts of this file."""

    RETRY = "retry"
    HOLD = "hold"
    RELEASE = "release"
    RETURN = "return"
    DROP = "drop"


_ACTS = {
    SpoolAct.RETRY: admin.retry,
    SpoolAct.HOLD: admin.hold,
    SpoolAct.RELEASE: admin.release,
    SpoolAct.RETURN: admin.give_back,
    SpoolAct.DROP: admin.drop,
}


async def _act_on_spool(
    info: Info,
    act: SpoolAct,
    search: str | None = None,
    domain: str | None = None,
    state: State | None = None,
    before: strawberry.ID | None = None,
) -> SpoolProgress | None:
    wanted = Filter((search or "")[:MAX_SEARCH], (domain or "")[:MAX_SEARCH], state)
    start = one_id(before, "before") if before is not None else None
    done = await admin.act_on(info.context.signed_in, _ACTS[act], wanted, start)
    following = None if done.before is None else strawberry.ID(str(done.before))
    return SpoolProgress(changed=done.changed, looked_at=done.looked_at, before=following)


async def _pause_sending(info: Info, domain: str = "") -> SpoolPause | None:
    return SpoolPause.of(await pauses.pause(info.context.signed_in, domain))


async def _resume_sending(info: Info, domain: str = "") -> bool | None:
    await pauses.resume(info.context.signed_in, domain)
    return True


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
    return_spool: int | None = guarded(
        Permission.SPOOL_MANAGE, description="Return to the senders at once, without another attempt."
    )(_return_spool)
    prioritize_spool: int | None = guarded(
        Permission.SPOOL_MANAGE, description="priority 1 goes before the others, -1 behind them."
    )(_prioritize_spool)
    act_on_spool: SpoolProgress | None = guarded(
        Permission.SPOOL_MANAGE,
        description="Act on all that match, 5,000 a call: call again with `before` until it is null.",
    )(_act_on_spool)
    pause_sending: SpoolPause | None = guarded(
        Permission.SPOOL_MANAGE, description="Send nothing to a domain, or without one to no other server."
    )(_pause_sending)
    resume_sending: bool | None = guarded(Permission.SPOOL_MANAGE)(_resume_sending)
