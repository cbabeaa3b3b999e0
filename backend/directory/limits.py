"""Limits as those who act on them ask for them: what still fits, and who says so.

The values and their origins come from `settings`; here stand the counts beside them. `delivery_quota` is what
the mail store is given for a message that arrives: the mailbox's own size, less where the domain's space ends
sooner.
"""

from __future__ import annotations

from backend.directory import settings
from backend.directory.caches import Cache
from backend.directory.setting_key import Level
from backend.directory.setting_keys import find
from backend.directory.setting_store import load_chain
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded
from schema.events import Event

_COUNTED = {
    "domain.max_users": ("user_account", "users"),
    "domain.max_aliases": ("alias", "aliases"),
    "domain.max_domain_aliases": ("domain_alias", "domain aliases"),
    "domain.max_lists": ("mailing_list", "lists"),
}
UNLIMITED = 0
# The smallest limit there is, for what is full: 0 says unlimited.
FULL = 1


def _keep(cache: Cache[int, int], event: Event) -> None:
    """Sums of a domain age by themselves: every delivery changes them, and no event says how much."""


_domain_bytes: Cache[int, int] = Cache(ttl_s=10, limit=10_000, drop=_keep)


async def require_room(tx: Tx, domain_id: int, key: str) -> None:
    """Refuse one more user, alias or domain alias than the domain may have by the limit `key`.

    The domain's row is locked by the caller, so two who add at the same moment count each other.
    """
    limit = (await load_chain(tx, Level.DOMAIN, domain_id)).effective(find(key))
    if not limit.value:
        return
    table, word = _COUNTED[key]
    count = await tx.fetch_value(f"SELECT count(*) FROM {table} WHERE domain_id = ?", domain_id)
    if count >= int(limit.value):
        raise LimitExceeded(
            f"The domain has {count} {word} and may have {limit.value}; the limit is {limit.origin}",
            detail={"key": key, "count": count, "limit": limit.value},
        )


async def mailbox_quota(user_id: int) -> int:
    """The size of a user's mailbox in bytes; 0 is unlimited."""
    return await settings.get_number("mailbox.quota_bytes", user_id=user_id)


async def delivery_quota(user_id: int) -> int:
    """What the account may hold after a delivery, in bytes; 0 is unlimited.

    Where the domain's space ends first it is what the account holds now and what the domain has left; the sum
    of a domain is at most ten seconds old, so a flood may pass it by what arrives in that time.
    """
    quota = await mailbox_quota(user_id)
    domain_id = await settings.domain_of(user_id)
    disk = await settings.get_number("domain.disk_bytes", domain_id=domain_id)
    if disk == UNLIMITED:
        return quota
    left = disk - await domain_bytes(domain_id)
    used = int(await db.fetch_value("SELECT used_bytes FROM account WHERE id = ?", user_id) or 0)
    by_domain = max(used + left, FULL)
    return by_domain if quota == UNLIMITED else min(quota, by_domain)


async def domain_bytes(domain_id: int) -> int:
    """What all mailboxes of a domain hold, at most ten seconds ago."""
    return await _domain_bytes.get(domain_id, _sum_domain)


async def _sum_domain(domain_id: int) -> int:
    rows = await db.scan(
        "SELECT COALESCE(SUM(account.used_bytes), 0) FROM user_account u JOIN account ON account.id = u.id"
        " WHERE u.domain_id = ?",
        domain_id,
    )
    return int(rows[0][0])
