"""How much a user, and a domain, may send in an hour or a day, by every way together.

What follows when there is more is a setting: the message waits until there is room (and takes its place then,
so that what waits leaves at the permitted pace), it is refused until then, or nothing follows. All limits are
looked at before any is counted, so that a refusal costs nothing. Without Redis mail goes on. The first time
in an hour stands in the audit.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory import audit, known_recipients, settings
from backend.directory.known_recipients import Recipient
from backend.directory.principal import SYSTEM
from backend.kit import db, ratelimit
from backend.kit.errors import RateLimited, Unavailable

log = logging.getLogger(__name__)

HOUR_S = 3600
DAY_S = 86_400
# What would have to wait longer is refused.
LONGEST_WAIT_S = DAY_S
ACTION = "submission.over_limit"


@dataclass(frozen=True, slots=True)
class _Budget:
    """One limit that a message counts against."""

    setting: str
    what: str
    key: str
    cost: int
    per_s: int = HOUR_S


async def take(user_id: int, recipients: Sequence[Recipient]) -> int:
    """Count one message to these recipients; for how many seconds it has to wait, mostly 0.

    Raises RateLimited, and then nothing is counted.
    """
    domain_id = await settings.domain_of(user_id)
    new, stale = await known_recipients.strangers(user_id, recipients)
    count = len(recipients)
    budgets = [
        _Budget("submission.messages_per_hour", "messages an hour", f"submission:{user_id}", 1),
        _Budget("submission.recipients_per_hour", "recipients an hour", f"recipients:{user_id}", count),
        _Budget(
            "submission.new_recipients_per_day", "new recipients a day", f"new:{user_id}", len(new), DAY_S
        ),
        _Budget("domain.messages_per_hour", "messages an hour", f"submission:domain:{domain_id}", 1),
        _Budget("domain.recipients_per_hour", "recipients an hour", f"recipients:domain:{domain_id}", count),
    ]
    wait_s = await _count(user_id, domain_id, [budget for budget in budgets if budget.cost])
    await known_recipients.remember(user_id, new + stale)
    return wait_s


async def _count(user_id: int, domain_id: int, budgets: list[_Budget]) -> int:
    action = await settings.get(ACTION, domain_id=domain_id)
    most_wait_s = LONGEST_WAIT_S if action == "delay" else 0
    due: list[tuple[_Budget, int, int]] = []
    for budget in budgets:
        if budget.setting.startswith("domain."):
            limit = await settings.get_number(budget.setting, domain_id=domain_id)
        else:
            limit = await settings.get_number(budget.setting, user_id=user_id)
        if limit == 0:
            continue
        # One message to more than an hour's recipients takes the whole hour, or it could never leave.
        cost = min(budget.cost, limit)
        verdict = await ratelimit.peek(budget.key, limit, budget.per_s, cost, fail_open=True)
        if not verdict.allowed:
            await _tell(user_id, domain_id, budget, limit, str(action))
            if action != "none" and verdict.retry_after_s > most_wait_s:
                raise _refusal(budget, limit, verdict.retry_after_s)
        due.append((budget, limit, cost))
    wait_s = 0.0
    for budget, limit, cost in due:
        verdict = await ratelimit.reserve(
            budget.key, limit, budget.per_s, cost, most_wait_s=most_wait_s, fail_open=True
        )
        wait_s = max(wait_s, verdict.retry_after_s if action == "delay" else 0)
    return math.ceil(wait_s)


def _refusal(budget: _Budget, limit: int, wait_s: float) -> RateLimited:
    who = "Your domain" if budget.setting.startswith("domain.") else "You"
    minutes = max(1, math.ceil(wait_s / 60))
    return RateLimited(
        f"{who} may send {limit} {budget.what}; try again in {minutes} min"
        if budget.what.startswith("messages")
        else f"{who} may send to {limit} {budget.what}; try again in {minutes} min",
        retry_after_s=wait_s,
    )


async def _tell(user_id: int, domain_id: int, budget: _Budget, limit: int, action: str) -> None:
    """Once an hour for each limit: in the log and the audit."""
    if not (await ratelimit.take(f"told:{budget.key}", 1, HOUR_S, fail_open=True)).allowed:
        return
    name = await db.fetch_value(
        "SELECT u.localpart || '@' || d.name FROM user_account u JOIN domain d ON d.id = u.domain_id"
        " WHERE u.id = ?",
        user_id,
    )
    log.warning("%s has passed %s of %d: %s", name, budget.setting, limit, action)
    facts = {"setting": budget.setting, "limit": limit, "action": action}
    try:
        await db.write(
            lambda tx: audit.record(tx, SYSTEM, "submission.limit", name or "", domain_id, facts),
            durable=False,
        )
    except Unavailable as error:
        log.warning("the audit cannot be written: %s", error)
