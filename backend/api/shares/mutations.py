"""Granting rights on mailboxes, keeping groups, making accounts without a person."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.domain_admin.rows import user_shown
from backend.api.domain_admin.types import User
from backend.api.guards import guarded, signed_in
from backend.api.inputs import one_id
from backend.api.shares.types import Group, MailboxShare, SetMailboxShareInput
from backend.directory import domains, groups
from backend.directory.roles import Permission
from backend.mailstore import grants
from backend.mailstore.rights import parse
from backend.operations import accounts


async def _set_mailbox_share(info: Info, input: SetMailboxShareInput) -> list[MailboxShare]:
    actor = info.context.signed_in
    row = await grants.administered(actor, one_id(input.mailbox_id, "mailboxId"))
    change = grants.Change(
        input.holder,
        parse("".join(right.value for right in input.rights)),
        is_negative=input.is_negative,
        with_children=input.with_children,
    )
    return [MailboxShare.of(grant) for grant in await grants.put(actor, row, row.name, change)]


async def _create_shared_account(
    info: Info, domain_id: strawberry.ID, localpart: str, name: str = ""
) -> User | None:
    actor = info.context.signed_in
    domain = await domains.get(actor, one_id(domain_id, "domainId"))
    made = await accounts.add_shared(actor, f"{localpart}@{domain.name}", name=name)
    return await user_shown(actor, made)


async def _create_group(info: Info, domain_id: strawberry.ID, name: str) -> Group | None:
    return Group.of(await groups.add(info.context.signed_in, one_id(domain_id, "domainId"), name))


async def _remove_group(info: Info, id: strawberry.ID) -> bool | None:
    await groups.remove(info.context.signed_in, one_id(id, "id"))
    return True


async def _add_group_member(info: Info, group_id: strawberry.ID, address: str) -> Group | None:
    return Group.of(await groups.add_member(info.context.signed_in, one_id(group_id, "groupId"), address))


async def _remove_group_member(info: Info, group_id: strawberry.ID, address: str) -> Group | None:
    return Group.of(await groups.remove_member(info.context.signed_in, one_id(group_id, "groupId"), address))


@strawberry.type
class ShareMutations:
    """Rights on mailboxes, and groups."""

    set_mailbox_share: list[MailboxShare] = signed_in(
        _set_mailbox_share, description="Grants, changes or (without rights) revokes; the grants afterwards."
    )
    create_shared_account: User | None = guarded(
        Permission.USERS_CREATE, description="An account that belongs to no person; nobody signs in to it."
    )(_create_shared_account)
    create_group: Group | None = guarded(Permission.USERS_MANAGE)(_create_group)
    remove_group: bool | None = guarded(Permission.USERS_MANAGE)(_remove_group)
    add_group_member: Group | None = guarded(Permission.USERS_MANAGE)(_add_group_member)
    remove_group_member: Group | None = guarded(Permission.USERS_MANAGE)(_remove_group_member)
