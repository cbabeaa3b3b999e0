"""Dates of header fields (RFC 5322 §3.3) to Unix seconds, and back.

Reading takes the obsolete forms (two-digit years, zone names, comments, missing seconds) and gives None
for what is no date; years outside 1970-9999 are no date of a message.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_tz

_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"), 1
    )
}
_DATE = re.compile(
    rb"\s*(?:[A-Za-z]{3,9}\s*,\s*)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    rb"\s*(?:([+-])(\d{2})(\d{2})|(GMT|UTC?|Z)\b)"
)
_EPOCH = date(1970, 1, 1).toordinal()
_LONGEST = 200


def parse_date(value: bytes) -> int | None:
    """Unix seconds of a Date field body, None if it cannot be read."""
    match = _DATE.match(value)
    if match is None:
        return _parse_obsolete(value[:_LONGEST])
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes, _ = match.groups()
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    offset = (int(zone_hours) * 60 + int(zone_minutes)) * 60 if sign else 0
    return _seconds(
        (int(year), number, int(day)),
        int(hour) * 3600 + int(minute) * 60 + int(second or 0),
        -offset if sign == b"-" else offset,
    )


def _seconds(day: tuple[int, int, int], second_of_day: int, offset: int) -> int | None:
    # 24:00:00 to 24:00:60 and a leap second are let through: they only move the clock on.
    if not (1970 <= day[0] <= 9999 and 0 <= second_of_day <= 86_460 and abs(offset) < 86_400):
        return None
    try:
        days = date(*day).toordinal() - _EPOCH
    except ValueError:
        return None
    return max(0, days * 86_400 + second_of_day - offset)


def _parse_obsolete(value: bytes) -> int | None:
    try:
        found = parsedate_tz(value.decode("latin-1").strip())
    except (ValueError, IndexError, TypeError, AttributeError, OverflowError):
        return None  # the standard library's own slips on hostile dates
    if found is None:
        return None
    year, month, day, hour, minute, second = found[:6]
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second <= 60):
        return None
    return _seconds((year, month, day), hour * 3600 + minute * 60 + second, found[9] or 0)


def format_date(seconds: int, offset_minutes: int = 0) -> str:
    """A Date field body, `Sat, 22 Nov 2025 18:21:00 +0000`."""
    zone = timezone(timedelta(minutes=offset_minutes)) if offset_minutes else UTC
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    return format_datetime(moment)
