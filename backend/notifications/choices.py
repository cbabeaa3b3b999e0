"""What a user is told of: the settings in force, and quiet hours by a device's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from backend.directory import settings
from backend.kit import clock


class Which(StrEnum):
    """Of which new mail in the inbox."""

    ALL = "all"
    KNOWN = "known"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """The settings in force; `quiet` is empty or two times of the day."""

    is_allowed: bool
    which: Which
    shows_content: bool
    quiet: str


async def of_user(user_id: int) -> Choice:
    """What holds for a user now."""
    allowed, which, content, quiet = await settings.get_several(
        ("notifications.push", "notifications.mail", "notifications.content", "notifications.quiet_hours"),
        user_id=user_id,
    )
    return Choice(bool(allowed), Which(str(which)), bool(content), str(quiet))


def is_quiet(quiet: str, zone: str, now: int) -> bool:
    """Whether a time (unix seconds) lies in the quiet hours of a device; the end belongs to the day."""
    if not quiet:
        return False
    begins, ends = map(time.fromisoformat, quiet.split("-"))
    at = datetime.fromtimestamp(now, UTC).astimezone(clock.zone(zone)).time()
    return begins <= at < ends if begins <= ends else at >= begins or at < ends


def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone that is known here."""
    return isinstance(clock.zone(name), ZoneInfo)
