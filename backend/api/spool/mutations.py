"""Acting on messages in the spool; each answers how many messages it changed."""

from __future__ import annotations

from enum import Enum
from functools import partial

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import many_ids, one_id
from backend.api.spool.types import SpoolPause, SpoolProgress
from backend.directory.roles import Permission
from backend.directory.types import Tls
from backend.kit.errors import InvalidSyntax
from backend.spool import admin, pauses, reroute
from backend.spool.admin import Act
from backend.spool.detours import SMTP_PORT, Detour
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
    REROUTE = "reroute"
    RESET_ROUTE = "reset_route"


@strawberry.input(description="Where messages go instead: a host, an enabled gateway, or another address.")
class SpoolDetour:
    """Exactly one of host, gatewayId and address."""

    host: str = ""
    port: int = SMTP_PORT
    tls: Tls = Tls.OPPORTUNISTIC
    gateway_id: strawberry.ID | None = None
    address: str = ""

    def act(self, domain: str) -> Act:
        """What it does to messages; with a domain, to their recipients of that domain."""
        if sum((bool(self.host.strip()), self.gateway_id is not None, bool(self.address.strip()))) != 1:
            raise InvalidSyntax("Give a host, a gateway or an address, one of them", field="to")
        if self.address.strip():
            return partial(reroute.to_address, address=self.address, domain=domain)
        if self.gateway_id is not None:
            detour = Detour(gateway_id=one_id(self.gateway_id, "gatewayId"))
        else:
            detour = Detour.to_host(self.host, self.port, self.tls)
        return partial(reroute.to_detour, detour=detour, domain=domain)


_ACTS: dict[SpoolAct, Act] = {
    SpoolAct.RETRY: admin.retry,
    SpoolAct.HOLD: admin.hold,
    SpoolAct.RELEASE: admin.release,
    SpoolAct.RETURN: admin.give_back,
    SpoolAct.DROP: admin.drop,
}


def _act(act: SpoolAct, to: SpoolDetour | None, domain: str) -> Act:
    if act is SpoolAct.RESET_ROUTE:
        return partial(reroute.reset, domain=domain)
    if act is not SpoolAct.REROUTE:
        return _ACTS[act]
    if to is None:
        raise InvalidSyntax("Say where the messages go instead", field="to")
    return to.act(domain)


async def _reroute_spool(
    info: Info, ids: list[strawberry.ID], to: SpoolDetour, domain: str | None = None
) -> int | None:
    act = to.act((domain or "")[:MAX_SEARCH])
    return await act(info.context.signed_in, _numbers(ids))


async def _reset_spool_route(info: Info, ids: list[strawberry.ID], domain: str | None = None) -> int | None:
    return await reroute.reset(info.context.signed_in, _numbers(ids), (domain or "")[:MAX_SEARCH])


async def _act_on_spool(
    info: Info,
    act: SpoolAct,
    search: str | None = None,
    domain: str | None = None,
    state: State | None = None,
    before: strawberry.ID | None = None,
    to: SpoolDetour | None = None,
) -> SpoolProgress | None:
    chosen = _act(act, to, (domain or "")[:MAX_SEARCH])
    wanted = Filter((search or "")[:MAX_SEARCH], (domain or "")[:MAX_SEARCH], state)
    start = one_id(before, "before") if before is not None else None
    done = await admin.act_on(info.context.signed_in, chosen, wanted, start)
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
    reroute_spool: int | None = guarded(
        Permission.SPOOL_MANAGE,
        description="Send open recipients another way, with a domain only those of it; at once if not held.",
    )(_reroute_spool)
    reset_spool_route: int | None = guarded(
        Permission.SPOOL_MANAGE, description="Undo rerouting: by the usual way, to the first address."
    )(_reset_spool_route)
    act_on_spool: SpoolProgress | None = guarded(
        Permission.SPOOL_MANAGE,
        description="Act on all that match, 5,000 a call: call again with `before` until it is null."
        " `to` is for REROUTE.",
    )(_act_on_spool)
    pause_sending: SpoolPause | None = guarded(
        Permission.SPOOL_MANAGE, description="Send nothing to a domain, or without one to no other server."
    )(_pause_sending)
    resume_sending: bool | None = guarded(Permission.SPOOL_MANAGE)(_resume_sending)
