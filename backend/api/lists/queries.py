"""Reading mailing lists, their members, and what waits for moderators."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded, signed_in
from backend.api.inputs import one_id
from backend.api.lists.rows import list_shown, lists_shown
from backend.api.lists.types import (
    HeldListPost,
    HeldListPostConnection,
    ListMember,
    ListMemberConnection,
    ListRequest,
    MailingList,
    MailingListConnection,
)
from backend.api.relay import Page, bounded, decode_cursor
from backend.directory import list_addresses, list_members, lists
from backend.directory.list_types import AddressKind, Standing
from backend.directory.roles import Permission
from backend.kit.errors import InvalidSyntax, NotFound
from backend.submission.lists import held, requests

MAX_SEARCH = 200


async def _mailing_lists(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None, search: str | None = None
) -> MailingListConnection | None:
    actor = info.context.signed_in
    found = await lists.list_page(
        actor,
        one_id(domain_id, "domainId"),
        after=decode_cursor(after) or "",
        limit=bounded(first),
        search=(search or "")[:MAX_SEARCH],
    )
    rows = [(node.localpart, node) for node in await lists_shown(actor, found.items)]
    return MailingListConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _mailing_list(info: Info, id: strawberry.ID) -> MailingList | None:
    actor = info.context.signed_in
    try:
        return await list_shown(actor, await lists.get(actor, one_id(id, "id")))
    except NotFound:
        return None


async def _moderated_lists(info: Info) -> list[MailingList]:
    actor = info.context.signed_in
    if actor.user_id is None:
        return []
    return await lists_shown(actor, await lists.moderated_by(actor))


async def _list_members(
    info: Info,
    list_id: strawberry.ID,
    first: int = 50,
    after: str | None = None,
    search: str | None = None,
    least_role: Standing = Standing.MEMBER,
) -> ListMemberConnection:
    found = await list_members.list_page(
        info.context.signed_in,
        one_id(list_id, "listId"),
        after=decode_cursor(after) or "",
        limit=bounded(first),
        search=(search or "")[:MAX_SEARCH],
        least_role=least_role,
    )
    rows = [(row.address, ListMember.of(row)) for row in found.items]
    return ListMemberConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _list_addresses(info: Info, list_id: strawberry.ID, kind: AddressKind) -> list[str]:
    return await list_addresses.get(info.context.signed_in, one_id(list_id, "listId"), kind)


async def _held_list_posts(
    info: Info, list_id: strawberry.ID, first: int = 50, after: str | None = None
) -> HeldListPostConnection:
    last = decode_cursor(after) or "0"
    if not last.isdigit():
        raise InvalidSyntax("That is not a cursor of this list", field="after")
    found, total, has_more = await held.list_page(
        info.context.signed_in, one_id(list_id, "listId"), after=one_id(last, "after"), limit=bounded(first)
    )
    rows = [(str(row.id), HeldListPost.of(row)) for row in found]
    return HeldListPostConnection.of(Page(rows, after=after, total=total, has_more=has_more))


async def _held_list_post_text(info: Info, list_id: strawberry.ID, post_id: strawberry.ID) -> str:
    return await held.text(info.context.signed_in, one_id(list_id, "listId"), one_id(post_id, "postId"))


async def _list_requests(info: Info, list_id: strawberry.ID) -> list[ListRequest]:
    found = await requests.waiting(info.context.signed_in, one_id(list_id, "listId"))
    return [ListRequest.of(row) for row in found]


@strawberry.type
class ListQueries:
    """Mailing lists."""

    mailing_lists: MailingListConnection | None = guarded(Permission.USERS_READ)(_mailing_lists)
    mailing_list: MailingList | None = signed_in(_mailing_list)
    moderated_lists: list[MailingList] = signed_in(
        _moderated_lists, description="Lists that the viewer is an owner or moderator of."
    )
    list_members: ListMemberConnection = signed_in(
        _list_members, description="For owners and moderators, and for members where the list says so."
    )
    list_addresses: list[str] = signed_in(
        _list_addresses, description="Named beside the members; @domain is all of a domain."
    )
    held_list_posts: HeldListPostConnection = signed_in(
        _held_list_posts, description="For owners and moderators."
    )
    held_list_post_text: str = signed_in(
        _held_list_post_text, description="What a held post says, as plain text, at most 20,000 characters."
    )
    list_requests: list[ListRequest] = signed_in(_list_requests, description="For owners and moderators.")
