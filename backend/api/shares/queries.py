"""Who holds rights on a mailbox, and groups."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded, signed_in
from backend.api.inputs import one_id
from backend.api.relay import Page, bounded, decode_cursor
from backend.api.shares.types import (
    Group,
    GroupConnection,
    GroupMember,
    MailboxShare,
    SharedAccountMailbox,
    ShareHolder,
)
from backend.directory import groups
from backend.directory.roles import Permission
from backend.mailstore import grants, holder_search

MAX_SEARCH = 200


async def _mailbox_shares(info: Info, mailbox_id: strawberry.ID) -> list[MailboxShare]:
    actor = info.context.signed_in
    row = await grants.administered(actor, one_id(mailbox_id, "mailboxId"))
    return [MailboxShare.of(grant) for grant in await grants.list_grants(actor, row)]


async def _share_holders(info: Info, search: str, first: int = 8) -> list[ShareHolder] | None:
    found = await holder_search.find(info.context.signed_in, search[:MAX_SEARCH], limit=bounded(first))
    return [ShareHolder.of(one) for one in found]


async def _shared_account_mailboxes(info: Info, user_id: strawberry.ID) -> list[SharedAccountMailbox] | None:
    rows = await grants.of_shared_account(info.context.signed_in, one_id(user_id, "userId"))
    return [SharedAccountMailbox(id=strawberry.ID(str(row.id)), path=row.name) for row in rows]


async def _groups(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None, search: str | None = None
) -> GroupConnection | None:
    found = await groups.list_page(
        info.context.signed_in,
        one_id(domain_id, "domainId"),
        after=decode_cursor(after) or "",
        limit=bounded(first),
        search=(search or "")[:MAX_SEARCH],
    )
    rows = [(row.name, Group.of(row)) for row in found.items]
    return GroupConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _group_members(info: Info, group_id: strawberry.ID) -> list[GroupMember] | None:
    found = await groups.members(info.context.signed_in, one_id(group_id, "groupId"))
    return [GroupMember.of(member) for member in found]


@strawberry.type
class ShareQueries:
    """Rights on mailboxes, and groups."""

    mailbox_shares: list[MailboxShare] = signed_in(
        _mailbox_shares, description="Who holds rights, the owner aside; for who may change that."
    )
    share_holders: list[ShareHolder] | None = guarded(
        Permission.MAIL_USE,
        description="People and groups of the viewer's domain that may be given rights; 20 at most.",
    )(_share_holders)
    shared_account_mailboxes: list[SharedAccountMailbox] | None = guarded(Permission.USERS_MANAGE)(
        _shared_account_mailboxes
    )
    groups: GroupConnection | None = guarded(Permission.USERS_READ)(_groups)
    group_members: list[GroupMember] | None = guarded(Permission.USERS_READ)(_group_members)
