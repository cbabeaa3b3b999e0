"""Changing domains, users, aliases and settings: each one verb of the directory or of operations."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.domain_admin.rows import domain_shown, user_shown
from backend.api.domain_admin.types import Alias, Domain, SettingValue, User
from backend.api.guards import guarded, signed_in
from backend.api.inputs import one_id, setting_target
from backend.api.scalars import SettingScalar
from backend.directory import aliases, domains, settings, users
from backend.directory.roles import Permission, Role
from backend.directory.setting_key import Level, Value
from backend.kit.errors import InvalidSyntax
from backend.operations import accounts, removal


async def _create_domain(info: Info, name: str) -> Domain | None:
    actor = info.context.signed_in
    return await domain_shown(actor, await domains.add(actor, name))


async def _update_domain(info: Info, id: strawberry.ID, is_enabled: bool) -> Domain | None:
    actor = info.context.signed_in
    return await domain_shown(actor, await domains.set_enabled(actor, one_id(id, "id"), enabled=is_enabled))


async def _remove_domain(info: Info, id: strawberry.ID) -> bool | None:
    await removal.remove_domain(info.context.signed_in, one_id(id, "id"))
    return True


async def _create_user(
    info: Info,
    domain_id: strawberry.ID,
    localpart: str,
    name: str,
    password: str,
    role: Role = Role.USER,
) -> User | None:
    actor = info.context.signed_in
    domain = await domains.get(actor, one_id(domain_id, "domainId"))
    user = await accounts.add_user(actor, f"{localpart}@{domain.name}", password, name=name, role=role)
    return await user_shown(actor, user)


async def _update_user(
    info: Info,
    id: strawberry.ID,
    name: str | None = None,
    is_enabled: bool | None = None,
    role: Role | None = None,
) -> User | None:
    actor = info.context.signed_in
    user = await users.update(actor, one_id(id, "id"), name=name, is_enabled=is_enabled, role=role)
    return await user_shown(actor, user)


async def _set_password(info: Info, user_id: strawberry.ID, password: str) -> User | None:
    actor = info.context.signed_in
    return await user_shown(actor, await users.set_password(actor, one_id(user_id, "userId"), password))


async def _remove_user(info: Info, id: strawberry.ID) -> bool | None:
    await removal.remove_user(info.context.signed_in, one_id(id, "id"))
    return True


async def _create_alias(
    info: Info, domain_id: strawberry.ID, localpart: str, targets: list[str]
) -> Alias | None:
    return Alias.of(
        await aliases.add(info.context.signed_in, one_id(domain_id, "domainId"), localpart, targets)
    )


async def _update_alias(
    info: Info, id: strawberry.ID, targets: list[str] | None = None, is_enabled: bool | None = None
) -> Alias | None:
    return Alias.of(
        await aliases.update(info.context.signed_in, one_id(id, "id"), targets=targets, is_enabled=is_enabled)
    )


async def _remove_alias(info: Info, id: strawberry.ID) -> bool | None:
    await aliases.remove(info.context.signed_in, one_id(id, "id"))
    return True


async def _set_setting(
    info: Info,
    level: Level,
    key: str,
    target_id: strawberry.ID | None = None,
    value: SettingScalar | None = None,
) -> SettingValue | None:
    actor = info.context.signed_in
    return SettingValue.of(
        await settings.set_value(actor, key, *setting_target(level, target_id), _plain(value))
    )


async def _set_ceiling(
    info: Info,
    level: Level,
    key: str,
    target_id: strawberry.ID | None = None,
    ceiling: SettingScalar | None = None,
) -> SettingValue | None:
    actor = info.context.signed_in
    return SettingValue.of(
        await settings.set_ceiling(actor, key, *setting_target(level, target_id), _plain(ceiling))
    )


def _plain(value: SettingScalar | None) -> Value | None:
    """The value of the scalar, whose parser lets nothing else in."""
    if value is None or isinstance(value, int | bool | str):
        return value
    raise InvalidSyntax("A setting is a whole number, text or truth value", field="value")


@strawberry.type
class DomainAdminMutations:
    """What administrators do."""

    create_domain: Domain | None = guarded(Permission.DOMAINS_MANAGE)(_create_domain)
    update_domain: Domain | None = guarded(Permission.DOMAINS_MANAGE)(_update_domain)
    remove_domain: bool | None = guarded(Permission.DOMAINS_MANAGE)(_remove_domain)
    create_user: User | None = guarded(Permission.USERS_CREATE)(_create_user)
    update_user: User | None = guarded(Permission.USERS_MANAGE)(_update_user)
    set_password: User | None = guarded(Permission.PASSWORDS_SET)(_set_password)
    remove_user: bool | None = guarded(Permission.USERS_MANAGE)(_remove_user)
    create_alias: Alias | None = guarded(Permission.ALIASES_MANAGE)(_create_alias)
    update_alias: Alias | None = guarded(Permission.ALIASES_MANAGE)(_update_alias)
    remove_alias: bool | None = guarded(Permission.ALIASES_MANAGE)(_remove_alias)
    set_setting: SettingValue | None = signed_in(_set_setting, description="value null: inherit again.")
    set_ceiling: SettingValue | None = guarded(Permission.SYSTEM_LIMITS_MANAGE)(_set_ceiling)
