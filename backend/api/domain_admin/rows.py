"""From rows of the directory to what the API shows of them, many at a time."""

from __future__ import annotations

import strawberry

from backend.api.domain_admin.types import Domain, SettingValue, User
from backend.api.scalars import DateTime, Long
from backend.directory import domains, settings
from backend.directory import types as directory
from backend.directory.principal import Principal
from backend.directory.setting_key import Level
from backend.operations import accounts
from backend.operations.accounts import Usage


async def domains_shown(actor: Principal, rows: list[directory.Domain]) -> list[Domain]:
    """Domains with use and limits."""
    ids = [row.id for row in rows]
    usage = await accounts.usage_of_domains(ids)
    alias_counts = await domains.count_aliases(ids)
    return [
        Domain(
            id=strawberry.ID(str(row.id)),
            name=row.name,
            display_name=row.display_name,
            is_enabled=row.is_enabled,
            created_at=DateTime(row.created_at),
            user_count=usage.get(row.id, Usage()).users,
            alias_count=alias_counts.get(row.id, 0),
            used_bytes=Long(usage.get(row.id, Usage()).used_bytes),
            max_users=SettingValue.of(await settings.show(actor, "domain.max_users", Level.DOMAIN, row.id)),
            disk_bytes=SettingValue.of(await settings.show(actor, "domain.disk_bytes", Level.DOMAIN, row.id)),
        )
        for row in rows
    ]


async def users_shown(actor: Principal, rows: list[directory.User]) -> list[User]:
    """Users with use and quota."""
    usage = await accounts.usage_of_users([row.id for row in rows])
    return [
        User(
            id=strawberry.ID(str(row.id)),
            domain_id=strawberry.ID(str(row.domain_id)),
            address=row.address,
            localpart=row.localpart,
            name=row.name,
            is_enabled=row.is_enabled,
            role=row.role,
            is_primary=row.is_primary,
            is_shared=row.is_shared,
            created_at=DateTime(row.created_at),
            last_sign_in_at=DateTime(row.last_sign_in_at) if row.last_sign_in_at is not None else None,
            used_bytes=Long(usage[row.id].used_bytes),
            message_count=usage[row.id].message_count,
            quota=SettingValue.of(await settings.show(actor, "mailbox.quota_bytes", Level.USER, row.id)),
        )
        for row in rows
    ]


async def domain_shown(actor: Principal, row: directory.Domain) -> Domain:
    """One domain."""
    [shown] = await domains_shown(actor, [row])
    return shown


async def user_shown(actor: Principal, row: directory.User) -> User:
    """One user."""
    [shown] = await users_shown(actor, [row])
    return shown
