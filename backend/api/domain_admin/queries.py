"""Reading domains, users, aliases and settings."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.domain_admin.rows import domain_shown, domains_shown, user_shown, users_shown
from backend.api.domain_admin.types import (
    Alias,
    AliasConnection,
    Domain,
    DomainConnection,
    SettingValue,
    User,
    UserConnection,
)
from backend.api.guards import guarded, signed_in
from backend.api.inputs import one_id, setting_target
from backend.api.relay import Page, bounded, decode_cursor
from backend.directory import aliases, domains, settings, users
from backend.directory.roles import Permission
from backend.directory.setting_key import Level
from backend.kit.errors import NotFound

MAX_SEARCH = 200


async def _domains(
    info: Info, first: int = 50, after: str | None = None, search: str | None = None
) -> DomainConnection | None:
    actor, first = info.context.signed_in, bounded(first)
    found = await domains.list_page(
        actor, after=decode_cursor(after) or "", limit=first, search=(search or "")[:MAX_SEARCH]
    )
    shown = await domains_shown(actor, found.items)
    rows = [(node.name, node) for node in shown]
    return DomainConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _domain(info: Info, id: strawberry.ID) -> Domain | None:
    actor = info.context.signed_in
    try:
        return await domain_shown(actor, await domains.get(actor, one_id(id, "id")))
    except NotFound:
        return None


async def _users(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None, search: str | None = None
) -> UserConnection | None:
    actor, first = info.context.signed_in, bounded(first)
    found = await users.list_page(
        actor,
        one_id(domain_id, "domainId"),
        after=decode_cursor(after) or "",
        limit=first,
        search=(search or "")[:MAX_SEARCH],
    )
    shown = await users_shown(actor, found.items)
    rows = [(node.localpart, node) for node in shown]
    return UserConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _user(info: Info, id: strawberry.ID) -> User | None:
    actor = info.context.signed_in
    try:
        return await user_shown(actor, await users.get(actor, one_id(id, "id")))
    except NotFound:
        return None


async def _aliases(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None, search: str | None = None
) -> AliasConnection | None:
    actor, first = info.context.signed_in, bounded(first)
    found = await aliases.list_page(
        actor,
        one_id(domain_id, "domainId"),
        after=decode_cursor(after) or "",
        limit=first,
        search=(search or "")[:MAX_SEARCH],
    )
    rows = [(row.localpart, Alias.of(row)) for row in found.items]
    return AliasConnection.of(Page(rows, after=after, total=found.total, has_more=found.has_more))


async def _settings(
    info: Info,
    level: Level,
    target_id: strawberry.ID | None = None,
) -> list[SettingValue] | None:
    found = await settings.list_effective(info.context.signed_in, *setting_target(level, target_id))
    return [SettingValue.of(one) for one in found]


@strawberry.type
class DomainAdminQueries:
    """What administrators look at."""

    domains: DomainConnection | None = guarded(Permission.DOMAIN_READ)(_domains)
    domain: Domain | None = guarded(Permission.DOMAIN_READ)(_domain)
    users: UserConnection | None = guarded(Permission.USERS_READ)(_users)
    user: User | None = guarded(Permission.USERS_READ)(_user)
    aliases: AliasConnection | None = guarded(Permission.USERS_READ)(_aliases)
    settings: list[SettingValue] | None = signed_in(_settings)
