"""Dates: `1-Feb-1994` of SEARCH and `"17-Jul-1996 02:44:25 -0700"` of APPEND (RFC 3501 §9)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer

_MONTHS = {name: at for at, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(rb'("?)(\d{1,2})-([A-Za-z]{3})-(\d{4})\1')
_DATE_TIME = re.compile(
    rb'"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})"',
)


def date(lexer: Lexer) -> int:
    """A day as unix time of its beginning in UTC."""
    match = lexer.pattern(_DATE, "a date")
    return int(_moment(match[4], match[3], match[2]).timestamp())


def date_time(lexer: Lexer) -> int:
    """A moment as unix time; before 1970 counts as 1970."""
    match = lexer.pattern(_DATE_TIME, "a date and time")
    day, month, year, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    offset = timedelta(hours=int(zone_hour), minutes=int(zone_minute))
    if offset >= timedelta(hours=24) or int(zone_minute) > 59:
        raise BadCommand("Invalid date and time")
    zone = timezone(-offset if sign == b"-" else offset)
    # A leap second is taken as the second before it.
    clock = (int(hour), int(minute), min(int(second), 59) if int(second) == 60 else int(second))
    try:
        return max(0, int(_moment(year, month, day.strip(), clock, zone).timestamp()))
    except OverflowError:
        raise BadCommand("Invalid date and time") from None


def _moment(
    year: bytes, month: bytes, day: bytes, clock: tuple[int, int, int] = (0, 0, 0), zone: timezone = UTC
) -> datetime:
    number = _MONTHS.get(month.lower())
    if number is None:
        raise BadCommand("Invalid month")
    try:
        return datetime(int(year), number, int(day), *clock, tzinfo=zone)
    except ValueError:
        raise BadCommand("Invalid date") from None
