"""When a deferred recipient is tried again (RFC 5321 §4.5.4.1): by the schedule of the sender's domain.

A schedule is the waits after the first, second, … unsuccessful attempt; the attempt after the last wait is
the last one. Without another setting there are nine attempts in 32 hours, the waits doubling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from backend.directory import settings
from backend.kit.errors import MailError
from backend.spool.types import SpooledMessage

MINUTE_S = 60
# The sender hears of the delay when a wait reaches two hours.
DELAY_NOTICE_WAIT_S = 2 * 3600
_UNITS_S = {"m": MINUTE_S, "h": 3600, "d": 86_400}
_WAIT = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)([mhd])")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Waits in seconds."""

    waits_s: tuple[int, ...]

    def wait_s(self, attempts: int) -> int | None:
        """Seconds to wait after that many attempts; None when it was the last."""
        return self.waits_s[attempts - 1] if attempts <= len(self.waits_s) else None

    def is_delay_notice_due(self, attempts: int) -> bool:
        """Whether the sender should be told by now that the message is late."""
        return any(wait >= DELAY_NOTICE_WAIT_S for wait in self.waits_s[:attempts])

    def remaining_s(self, attempts: int) -> int:
        """Seconds from the end of that attempt to the last one."""
        return sum(self.waits_s[attempts - 1 :])


@lru_cache(maxsize=256)
def parse(text: str) -> Schedule:
    """The schedule of a setting, waits such as `7.5m`, `1h`, `1d` with spaces between them."""
    return Schedule(
        tuple(
            round(float(match[1]) * _UNITS_S[match[2]])
            for match in map(_WAIT.fullmatch, text.split())
            if match
        )
    )


async def schedule_of(message: SpooledMessage) -> Schedule:
    """The schedule that holds for a message: that of its sender's domain, for others that of the system."""
    key = "spool.retry_schedule"
    if message.account_id is not None:
        try:
            domain_id = await settings.domain_of(message.account_id)
            return parse(str(await settings.get(key, domain_id=domain_id)))
        except MailError:
            pass  # a sender who has been removed since
    return parse(str(await settings.get(key)))
