"""How much a user, and a domain, may send in an hour, by every way together.

All limits are looked at before any is counted, so that a refusal costs nothing. Without Redis mail goes on.
"""

from __future__ import annotations

import math

from backend.directory import settings
from backend.kit import ratelimit
from backend.kit.errors import RateLimited

HOUR_S = 3600


async def take(user_id: int, recipients: int) -> None:
    """Count one message to that many recipients. Raises RateLimited, and then nothing is counted."""
    domain_id = await settings.domain_of(user_id)
    counted = [
        ("submission.messages_per_hour", "You", "messages", f"submission:{user_id}", 1),
        ("submission.recipients_per_hour", "You", "recipients", f"recipients:{user_id}", recipients),
        ("domain.messages_per_hour", "Your domain", "messages", f"submission:domain:{domain_id}", 1),
    ]
    due: list[tuple[str, int, int]] = []
    for setting, who, what, key, cost in counted:
        if setting.startswith("domain."):
            limit = await settings.get_number(setting, domain_id=domain_id)
        else:
            limit = await settings.get_number(setting, user_id=user_id)
        if limit == 0:
            continue
        # One message to more than an hour's recipients takes the whole hour, or it could never leave.
        cost = min(cost, limit)
        verdict = await ratelimit.peek(key, limit, HOUR_S, cost, fail_open=True)
        if not verdict.allowed:
            minutes = max(1, math.ceil(verdict.retry_after_s / 60))
            raise RateLimited(
                f"{who} may send {limit} {what} an hour; try again in {minutes} min",
                retry_after_s=verdict.retry_after_s,
            )
        due.append((key, limit, cost))
    for key, limit, cost in due:
        await ratelimit.take(key, limit, HOUR_S, cost, fail_open=True)
