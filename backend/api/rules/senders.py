"""One's own lists of trusted and blocked senders."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.rules import senders
from backend.rules.senders import Standing as SenderListKind

strawberry.enum(
    SenderListKind,
    name="SenderListKind",
    description="TRUSTED: images are shown, no block of a wider domain holds. BLOCKED: mail is put aside.",
)


@strawberry.type
class SenderLists:
    """Addresses, and domains with an @ before them; at most 500 on each list."""

    trusted: list[str]
    blocked: list[str]


async def _shown(account_id: int) -> SenderLists:
    return SenderLists(
        trusted=await senders.entries(account_id, SenderListKind.TRUSTED),
        blocked=await senders.entries(account_id, SenderListKind.BLOCKED),
    )


async def _sender_lists(info: Info) -> SenderLists:
    return await _shown(info.context.account_id)


async def _add_sender(info: Info, kind: SenderListKind, address: str) -> SenderLists:
    await senders.put(info.context.account_id, kind, address)
    return await _shown(info.context.account_id)


async def _remove_sender(info: Info, kind: SenderListKind, address: str) -> SenderLists:
    await senders.remove(info.context.account_id, kind, address)
    return await _shown(info.context.account_id)


@strawberry.type
class SenderQueries:
    """Reading the lists."""

    sender_lists: SenderLists = signed_in(_sender_lists)


@strawberry.type
class SenderMutations:
    """Changing the lists."""

    add_sender: SenderLists = signed_in(
        _add_sender, description="An address, or a domain with all below it; it leaves the other list."
    )
    remove_sender: SenderLists = signed_in(_remove_sender)
