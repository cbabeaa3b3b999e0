"""Where users' mail is forwarded: each one's own, and for administrators that of their domain's users."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.directory import forwards, policy, settings
from backend.directory import types as directory


@strawberry.type
class Forward:
    """What is set, and what may be."""

    user_id: strawberry.ID
    targets: list[str] = strawberry.field(description="Empty: nothing is forwarded.")
    keeps_copy: bool = strawberry.field(description="Mail is filed in the own mailbox too.")
    is_allowed: bool = strawberry.field(description="Off: what is set has no effect.")
    may_leave_domain: bool = strawberry.field(description="Off: addresses of other domains have no effect.")
    max_targets: int


async def _shown(user_id: int, forward: directory.Forward) -> Forward:
    return Forward(
        user_id=strawberry.ID(str(user_id)),
        targets=[str(target) for target in forward.targets],
        keeps_copy=forward.keeps_copy,
        is_allowed=bool(await settings.get("forward.enabled", user_id=user_id)),
        may_leave_domain=bool(await settings.get("forward.outside", user_id=user_id)),
        max_targets=await settings.get_number("forward.max_targets", user_id=user_id),
    )


async def _forward(info: Info, user_id: strawberry.ID | None = None) -> Forward:
    actor, wanted = info.context.signed_in, _whose(info, user_id)
    return await _shown(wanted, await forwards.get(actor, wanted))


async def _set_forward(
    info: Info, targets: list[str], keeps_copy: bool = True, user_id: strawberry.ID | None = None
) -> Forward:
    actor, wanted = info.context.signed_in, _whose(info, user_id)
    return await _shown(wanted, await forwards.put(actor, wanted, targets, keeps_copy=keeps_copy))


def _whose(info: Info, user_id: strawberry.ID | None) -> int:
    return policy.require_mail(info.context.signed_in) if user_id is None else one_id(user_id, "userId")


@strawberry.type
class ForwardQueries:
    """Reading forwards."""

    forward: Forward = signed_in(
        _forward, description="One's own; of another user for who manages the users of the domain."
    )


@strawberry.type
class ForwardMutations:
    """Setting forwards."""

    set_forward: Forward = signed_in(_set_forward, description="No targets: nothing is forwarded any more.")
