"""Meetings that letters invite to (RFC 5545, RFC 5546)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backend.operations.demo.people import Person


@dataclass(frozen=True, slots=True)
class Meeting:
    """Something at an hour (UTC) so many days after the letter, `minutes` long."""

    title: str
    place: str
    days: int
    hour: int
    minutes: int
    note: str


def invitation(
    meeting: Meeting, uid: str, sent_at: int, organizer: Person, attendees: Sequence[Person]
) -> bytes:
    """The calendar object that asks for an answer."""
    sent = datetime.fromtimestamp(sent_at, UTC)
    start = (sent + timedelta(days=meeting.days)).replace(hour=meeting.hour, minute=0, second=0)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Postroom//Sample//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{uid.strip('<>')}",
        f"DTSTAMP:{_time(sent)}",
        f"DTSTART:{_time(start)}",
        f"DTEND:{_time(start + timedelta(minutes=meeting.minutes))}",
        "SEQUENCE:0",
        f"SUMMARY:{_text(meeting.title)}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(meeting.note)}",
        f"ORGANIZER;CN={organizer.name}:mailto:{organizer.address}",
        f"ATTENDEE;CN={organizer.name};PARTSTAT=ACCEPTED:mailto:{organizer.address}",
        *(f"ATTENDEE;CN={one.name};RSVP=TRUE:mailto:{one.address}" for one in attendees),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """RFC 5545 §3.3.11."""
    return value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
