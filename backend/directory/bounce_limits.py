"""How many hard bounces a user, and a domain, may have in an hour, and what follows when there are more.

What they send then waits until there is room again, or is refused until then, as the domain has it. The first
time in an hour stands in the audit. Without Redis mail goes on.
"""

from __future__ import annotations

import logging
import math

from backend.directory import audit, settings
from backend.directory.principal import SYSTEM
from backend.kit import db, ratelimit
from backend.kit.errors import RateLimited

log = logging.getLogger(__name__)

HOUR_S = 3600


async def count(user_id: int, domain_id: int, bounces: int) -> None:
    """Count bounces of a user's messages."""
    for who, limit, key in await _limits(user_id, domain_id):
        taken = min(bounces, limit)
        if (await ratelimit.take(key, limit, HOUR_S, taken, fail_open=True)).allowed:
            continue
        # What no longer fits fills what is left.
        for _ in range(taken):
            if not (await ratelimit.take(key, limit, HOUR_S, fail_open=True)).allowed:
                break
        if (await ratelimit.take(f"told:{key}", 1, HOUR_S, fail_open=True)).allowed:
            await _tell(who, user_id, domain_id, limit)


async def hold_s(user_id: int) -> int:
    """For how many seconds what the user sends now has to wait; 0 for not at all. Raises `RateLimited` where
    it is refused instead.
    """
    domain_id = await settings.domain_of(user_id)
    wait_s = 0.0
    for _, limit, key in await _limits(user_id, domain_id):
        verdict = await ratelimit.peek(key, limit, HOUR_S, fail_open=True)
        if not verdict.allowed:
            wait_s = max(wait_s, verdict.retry_after_s)
    if wait_s and await settings.get("submission.bounces_action", domain_id=domain_id) == "reject":
        minutes = max(1, math.ceil(wait_s / 60))
        raise RateLimited(
            f"Too many of your messages came back in the last hour; try again in {minutes} min",
            retry_after_s=wait_s,
        )
    return math.ceil(wait_s)


async def _limits(user_id: int, domain_id: int) -> list[tuple[str, int, str]]:
    """Whose limit, how many, and the key it is counted by; what is unlimited is left out."""
    of_user = await settings.get_number("submission.bounces_per_hour", user_id=user_id)
    of_domain = await settings.get_number("domain.bounces_per_hour", domain_id=domain_id)
    found = [("user", of_user, f"bounces:{user_id}"), ("domain", of_domain, f"bounces:domain:{domain_id}")]
    return [one for one in found if one[1]]


async def _tell(who: str, user_id: int, domain_id: int, limit: int) -> None:
    user = await db.fetch_value(
        "SELECT u.localpart || '@' || d.name FROM user_account u JOIN domain d ON d.id = u.domain_id"
        " WHERE u.id = ?",
        user_id,
    )
    if user is None:
        return  # removed since
    log.warning("more than %d bounces in an hour: what %s sends is slowed down or refused", limit, user)
    facts = {"limit_of": who, "bounces_per_hour": limit}
    await db.write(lambda tx: audit.record(tx, SYSTEM, "submission.bounces", user, domain_id, facts))
