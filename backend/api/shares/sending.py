"""Who may write in another's name: reading and granting it, by the owner or the domain's administrators."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.shares.types import ShareHolderKind
from backend.mailstore import send_grants
from backend.mailstore.send_grants import SendMode


@strawberry.type
class SendGrant:
    """Somebody who may write in a user's name."""

    holder: str = strawberry.field(description="An address, or group:<name>.")
    kind: ShareHolderKind
    mode: SendMode

    @classmethod
    def of(cls, grant: send_grants.SendGrant) -> SendGrant:
        """From the mailstore's value."""
        return cls(holder=grant.holder.name, kind=ShareHolderKind(grant.holder.kind), mode=grant.mode)


async def _send_grants(info: Info, user_id: strawberry.ID | None = None) -> list[SendGrant]:
    found = await send_grants.list_grants(info.context.signed_in, _owner(info, user_id))
    return [SendGrant.of(grant) for grant in found]


async def _set_send_grant(
    info: Info, holder: str, mode: SendMode | None = None, user_id: strawberry.ID | None = None
) -> list[SendGrant]:
    found = await send_grants.put(info.context.signed_in, _owner(info, user_id), holder, mode)
    return [SendGrant.of(grant) for grant in found]


def _owner(info: Info, user_id: strawberry.ID | None) -> int:
    return info.context.account_id if user_id is None else one_id(user_id, "userId")


@strawberry.type
class SendGrantQueries:
    """Who may write in whose name."""

    send_grants: list[SendGrant] = signed_in(
        _send_grants,
        description="Who may write in the viewer's name, or for who manages users in that user's.",
    )


@strawberry.type
class SendGrantMutations:
    """Letting others write in one's name."""

    set_send_grant: list[SendGrant] = signed_in(
        _set_send_grant,
        description="Grants to an address or group:<name>, or without a mode revokes; the grants afterwards.",
    )
