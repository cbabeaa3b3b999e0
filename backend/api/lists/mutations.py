"""Changing mailing lists: each one verb of the directory or of what lists do."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded, signed_in
from backend.api.inputs import many_ids, one_id
from backend.api.lists.rows import list_shown
from backend.api.lists.types import (
    AddedListMembers,
    ListMember,
    MailingList,
    MailingListOptions,
    NewListMember,
)
from backend.directory import list_addresses, list_members, lists
from backend.directory.list_members import Change, NewMember
from backend.directory.list_types import AddressKind, Delivery, Standing
from backend.directory.roles import Permission
from backend.formats.list_commands import Decision, Verdict
from backend.kit.errors import LimitExceeded
from backend.submission.lists import held, requests

_LONGEST_REASON = 500


async def _create_mailing_list(
    info: Info, domain_id: strawberry.ID, localpart: str, options: MailingListOptions
) -> MailingList | None:
    actor = info.context.signed_in
    made = await lists.add(actor, one_id(domain_id, "domainId"), localpart, options.options())
    return await list_shown(actor, made)


async def _update_mailing_list(info: Info, id: strawberry.ID, options: MailingListOptions) -> MailingList:
    actor = info.context.signed_in
    return await list_shown(actor, await lists.update(actor, one_id(id, "id"), options.options()))


async def _remove_mailing_list(info: Info, id: strawberry.ID) -> bool | None:
    await lists.remove(info.context.signed_in, one_id(id, "id"))
    return True


async def _add_list_members(
    info: Info,
    list_id: strawberry.ID,
    members: list[NewListMember],
    role: Standing = Standing.MEMBER,
    delivery: Delivery = Delivery.EACH,
) -> AddedListMembers:
    wanted = [NewMember(one.address, one.name) for one in members]
    done = await list_members.add_many(
        info.context.signed_in, one_id(list_id, "listId"), wanted, role=role, delivery=delivery
    )
    return AddedListMembers(added=done.added, known=done.known, refused=list(done.refused))


async def _update_list_member(
    info: Info,
    list_id: strawberry.ID,
    id: strawberry.ID,
    name: str | None = None,
    role: Standing | None = None,
    delivery: Delivery | None = None,
    is_suspended: bool | None = None,
) -> ListMember:
    change = Change(name, role, delivery, is_suspended)
    done = await list_members.update(
        info.context.signed_in, one_id(list_id, "listId"), one_id(id, "id"), change
    )
    return ListMember.of(done)


async def _remove_list_members(info: Info, list_id: strawberry.ID, ids: list[strawberry.ID]) -> int:
    wanted = many_ids(ids, "ids", limit=list_members.AT_ONCE)
    return await list_members.remove(info.context.signed_in, one_id(list_id, "listId"), wanted)


async def _set_list_addresses(
    info: Info, list_id: strawberry.ID, kind: AddressKind, addresses: list[str]
) -> list[str]:
    if len(addresses) > list_addresses.MOST:
        raise LimitExceeded(f"At most {list_addresses.MOST} addresses", field="addresses")
    return await list_addresses.put(info.context.signed_in, one_id(list_id, "listId"), kind, addresses)


async def _decide_list_posts(
    info: Info, list_id: strawberry.ID, ids: list[strawberry.ID], decision: Decision, reason: str = ""
) -> int:
    verdict = Verdict(decision, " ".join(reason.split())[:_LONGEST_REASON])
    wanted = many_ids(ids, "ids", limit=held.MOST_AT_ONCE)
    return await held.decide(info.context.signed_in, one_id(list_id, "listId"), wanted, verdict)


async def _decide_list_requests(
    info: Info, list_id: strawberry.ID, ids: list[strawberry.ID], is_granted: bool
) -> int:
    wanted = many_ids(ids, "ids", limit=requests.MOST_AT_ONCE)
    return await requests.decide(
        info.context.signed_in, one_id(list_id, "listId"), wanted, is_granted=is_granted
    )


@strawberry.type
class ListMutations:
    """Mailing lists."""

    create_mailing_list: MailingList | None = guarded(Permission.LISTS_MANAGE)(_create_mailing_list)
    update_mailing_list: MailingList = signed_in(
        _update_mailing_list, description="For owners too, isEnabled and maxBytes apart."
    )
    remove_mailing_list: bool | None = guarded(Permission.LISTS_MANAGE)(_remove_mailing_list)
    add_list_members: AddedListMembers = signed_in(
        _add_list_members, description="At most 1,000 at once. For owners too."
    )
    update_list_member: ListMember = signed_in(
        _update_list_member, description="isSuspended can only be set to false. For owners too."
    )
    remove_list_members: int = signed_in(_remove_list_members, description="How many went. For owners too.")
    set_list_addresses: list[str] = signed_in(_set_list_addresses, description="For owners too.")
    decide_list_posts: int = signed_in(
        _decide_list_posts,
        description="How many were still there; at most 100 at once. For owners and moderators.",
    )
    decide_list_requests: int = signed_in(
        _decide_list_requests, description="How many were still there. For owners and moderators."
    )
