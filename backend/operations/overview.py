"""The installation at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import policy
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import db
from backend.operations import accounts


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the whole installation; `oldest_spooled_at` in unix seconds."""

    domains: int
    users: int
    used_bytes: int
    spooled: int
    oldest_spooled_at: int | None


async def of_system(actor: Principal) -> Overview:
    """What stands on the first page of the administration."""
    policy.require(actor, Permission.SYSTEM_READ)
    usage = await accounts.usage_of_system()
    [(domains,)] = await db.fetch_rows("SELECT COUNT(*) FROM domain")
    [(spooled, oldest)] = await db.scan(
        "SELECT COUNT(*), MIN(created_at) FROM spool_message WHERE finished_at IS NULL"
    )
    return Overview(domains, usage.users, usage.used_bytes, spooled, oldest)
