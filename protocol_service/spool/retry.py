"""When a deferred recipient is tried again: nine attempts in 32 hours, the waits doubling (RFC 5321
§4.5.4.1).
"""

from __future__ import annotations

MINUTE_S = 60
HOUR_S = 3600

# After the first, second, … unsuccessful attempt.
WAITS_S = (
    int(7.5 * MINUTE_S),
    15 * MINUTE_S,
    30 * MINUTE_S,
    1 * HOUR_S,
    2 * HOUR_S,
    4 * HOUR_S,
    8 * HOUR_S,
    16 * HOUR_S,
)
# The sender hears of the delay when the wait reaches two hours.
DELAY_NOTICE_AFTER = 5


def wait_s(attempts: int) -> int | None:
    """Seconds to wait after that many attempts; None when it was the last."""
    return WAITS_S[attempts - 1] if attempts <= len(WAITS_S) else None


def is_delay_notice_due(attempts: int) -> bool:
    """Whether the sender should be told that the message is late."""
    return attempts >= DELAY_NOTICE_AFTER


def remaining_s(attempts: int) -> int:
    """Seconds from the end of that attempt to the last one."""
    return sum(WAITS_S[attempts - 1 :])
