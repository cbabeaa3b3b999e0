"""The answer to an invitation: an iTIP REPLY (RFC 5546 §3.2.3), as it goes by mail (RFC 6047)."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from backend.formats.content_lines import Line, escape, fold
from backend.formats.icalendar import Event

PRODUCT = "-//Postroom//Mail//EN"


class Answer(StrEnum):
    """PARTSTAT of an attendee who has decided."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


def reply(event: Event, *, address: str, name: str, answer: Answer, comment: str, now: int) -> bytes:
    """The calendar object that tells the organizer one attendee's decision."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    organizer = event.organizer
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:REPLY", "BEGIN:VEVENT"]
    out.append(f"UID:{escape(event.uid)}")
    out.append(f"DTSTAMP:{stamp}")
    out.append(f"SEQUENCE:{event.sequence}")
    out.extend(_written(line) for line in event.lines)
    if organizer is not None:
        out.append(f"ORGANIZER{_parameter('CN', organizer.name)}:mailto:{organizer.address}")
    out.append(f"ATTENDEE;PARTSTAT={answer}{_parameter('CN', name)}:mailto:{address}")
    if comment:
        out.append(f"COMMENT:{escape(comment)}")
    out += ["END:VEVENT", "END:VCALENDAR"]
    return b"".join(fold(line) for line in out)


def _written(line: Line) -> str:
    parameters = "".join(_parameter(name, value) for name, value in line.parameters.items())
    return f"{line.name}{parameters}:{line.value}"


def _parameter(name: str, value: str) -> str:
    """`;NAME="value"`, without what a parameter cannot hold; nothing for an empty one."""
    clean = "".join(character for character in value if character not in '"\r\n' and character.isprintable())
    return f';{name}="{clean}"' if clean else ""
