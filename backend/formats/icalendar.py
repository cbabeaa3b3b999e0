"""The event that a calendar object tells of (RFC 5545), as much of it as a reader of mail has to see.

Times keep what the object says: a UTC time, a time in a named zone, a floating time or a whole day. A zone
the object defines itself is taken by its name where the world knows it, else by the offset that it gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from backend.formats.content_lines import Line, lines

MAX_ATTENDEES = 500
MAX_EVENTS = 50
_LONGEST_TEXT = 10_000
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?)"
)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?")
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+/-]{1,60}")


@dataclass(frozen=True, slots=True)
class Person:
    """An attendee or organizer; `status` is PARTSTAT."""

    address: str
    name: str
    status: str
    role: str
    wants_reply: bool


@dataclass(frozen=True, slots=True)
class When:
    """A point in time. `at` is in Unix seconds; None for a floating time and a day, which `local` gives as
    `2026-11-28T14:30:00` or `2026-11-28`.
    """

    local: str
    at: int | None
    zone: str
    is_day: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT. `ends` of whole days is the day after the last; `rule` is the RRULE as written; `lines` are
    the properties that a reply has to repeat, as written.
    """

    uid: str
    sequence: int
    summary: str
    description: str
    location: str
    status: str
    starts: When | None
    ends: When | None
    recurrence_id: str
    rule: str
    organizer: Person | None
    attendees: tuple[Person, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar object: its iTIP method in upper case, empty for a file, and its events."""

    method: str
    events: tuple[Event, ...]


def parse(text: str) -> Calendar | None:
    """A calendar object, None for what is none or has no event."""
    method = ""
    found: list[list[Line]] = []
    zones: dict[str, timezone] = {}
    stack: list[str] = []
    zone = ""
    for line in lines(text):
        if line.name == "BEGIN":
            stack.append(line.value.strip().upper())
            if stack == ["VCALENDAR", "VEVENT"] and len(found) < MAX_EVENTS:
                found.append([])
        elif line.name == "END":
            if stack:
                stack.pop()
        elif stack == ["VCALENDAR"] and line.name == "METHOD":
            method = line.value.strip().upper()[:20]
        elif stack == ["VCALENDAR", "VEVENT"] and found:
            found[-1].append(line)
        elif stack[:2] == ["VCALENDAR", "VTIMEZONE"]:
            if line.name == "TZID":
                zone = line.value.strip()
            elif line.name == "TZOFFSETTO" and stack[-1] == "STANDARD":
                zones[zone] = _offset(line.value)
    events = tuple(event for event in (_event(one, zones) for one in found) if event is not None)
    return Calendar(method, events) if events else None


def _event(properties: list[Line], zones: dict[str, timezone]) -> Event | None:
    first: dict[str, Line] = {}
    for line in properties:
        first.setdefault(line.name, line)
    uid = _text(first, "UID")[:1000]
    if not uid:
        return None
    starts = _when(first.get("DTSTART"), zones)
    sequence = _text(first, "SEQUENCE").strip()
    return Event(
        uid=uid,
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        summary=_text(first, "SUMMARY"),
        description=_text(first, "DESCRIPTION"),
        location=_text(first, "LOCATION"),
        status=_text(first, "STATUS").upper()[:20],
        starts=starts,
        ends=_when(first.get("DTEND"), zones) or _after(starts, first.get("DURATION"), zones),
        recurrence_id=_text(first, "RECURRENCE-ID")[:100],
        rule=_text(first, "RRULE")[:500],
        organizer=_person(first["ORGANIZER"]) if "ORGANIZER" in first else None,
        attendees=tuple(_person(line) for line in properties if line.name == "ATTENDEE")[:MAX_ATTENDEES],
        lines=tuple(
            line
            for line in properties
            if line.name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SUMMARY")
        ),
    )


def _text(first: dict[str, Line], name: str) -> str:
    return first[name].text[:_LONGEST_TEXT] if name in first else ""


def _person(line: Line) -> Person:
    address = line.value.strip()
    address = address[7:] if address[:7].lower() == "mailto:" else line.parameters.get("EMAIL", "")
    return Person(
        address=address[:320],
        name=line.parameters.get("CN", "")[:200],
        status=line.parameters.get("PARTSTAT", "NEEDS-ACTION").upper()[:20],
        role=line.parameters.get("ROLE", "REQ-PARTICIPANT").upper()[:20],
        wants_reply=line.parameters.get("RSVP", "").upper() == "TRUE",
    )


def _when(line: Line | None, zones: dict[str, timezone]) -> When | None:
    match = _TIME.fullmatch(line.value.strip()) if line is not None else None
    if line is None or match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001  # floating until its zone is known
    except ValueError:
        return None
    if match[4] is None:
        return When(local.date().isoformat(), None, "", is_day=True)
    name = line.parameters.get("TZID", "")
    zone = UTC if match[7] else _zone(name, zones)
    at = _seconds(local, zone) if zone is not None else None
    return When(local.isoformat(), at, "UTC" if match[7] else name[:100], is_day=False)


def _seconds(local: datetime, zone: tzinfo) -> int | None:
    try:
        return int(local.replace(tzinfo=zone).timestamp())
    except (OverflowError, ValueError):
        return None


def _zone(name: str, zones: dict[str, timezone]) -> tzinfo | None:
    if _ZONE_NAME.fullmatch(name) and not name.startswith("/") and ".." not in name:
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            pass  # the object's own definition is next
    return zones.get(name)


def _offset(value: str) -> timezone:
    match = _OFFSET.match(value.strip())
    if match is None:
        return UTC
    minutes = min(int(match[2]) * 60 + int(match[3]), 14 * 60)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _after(starts: When | None, line: Line | None, zones: dict[str, timezone]) -> When | None:
    """Where a duration after the start ends."""
    match = _DURATION.fullmatch(line.value.strip().upper()) if line is not None else None
    if starts is None or match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    try:
        local = datetime.fromisoformat(starts.local) + length
    except OverflowError:
        return None
    if starts.is_day:
        return When(local.date().isoformat(), None, "", is_day=True)
    at = starts.at + int(length.total_seconds()) if starts.at is not None else None
    return When(local.isoformat(), at, starts.zone, is_day=False)
