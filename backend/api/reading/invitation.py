"""Invitations as a reader sees them."""

from __future__ import annotations

import strawberry

from backend.api.mail.types import Correspondent
from backend.api.scalars import DateTime
from backend.formats.icalendar import Person, When
from backend.formats.itip import Answer
from backend.submission import invitations

strawberry.enum(Answer, name="InvitationAnswer", description="PARTSTAT of who has decided (RFC 5545).")


@strawberry.type(description="A point in time as a calendar says it.")
class EventTime:
    """A time."""

    at: DateTime | None = strawberry.field(description="Null for a whole day and for a time without a zone.")
    local: str = strawberry.field(description="2026-11-28T14:30:00, or 2026-11-28 for a whole day.")
    zone: str
    is_day: bool

    @classmethod
    def of(cls, when: When | None) -> EventTime | None:
        """As the API shows it."""
        if when is None:
            return None
        at = DateTime(when.at) if when.at is not None else None
        return cls(at=at, local=when.local, zone=when.zone, is_day=when.is_day)


@strawberry.type
class EventAttendee:
    """Somebody who is asked to an event."""

    name: str
    address: str
    status: str = strawberry.field(description="PARTSTAT as the object has it.")
    is_optional: bool

    @classmethod
    def of(cls, person: Person) -> EventAttendee:
        """As the API shows it."""
        return cls(
            name=person.name,
            address=person.address,
            status=person.status,
            is_optional=person.role == "OPT-PARTICIPANT",
        )


@strawberry.type(description="The first event of a calendar object, and the viewer's part in it.")
class Invitation:
    """An invitation."""

    method: str = strawberry.field(description="iTIP method; empty for a file that asks nothing.")
    summary: str
    description: str
    location: str
    status: str
    starts: EventTime | None
    ends: EventTime | None = strawberry.field(description="Of whole days: the day after the last.")
    rule: str = strawberry.field(description="RRULE as written; empty where it does not repeat.")
    organizer: Correspondent | None
    attendees: list[EventAttendee]
    event_count: int
    can_answer: bool
    answer: Answer | None

    @classmethod
    def of(cls, found: invitations.Invitation) -> Invitation:
        """As the API shows it."""
        event = found.event
        organizer = event.organizer
        return cls(
            method=found.method,
            summary=event.summary,
            description=event.description,
            location=event.location,
            status=event.status,
            starts=EventTime.of(event.starts),
            ends=EventTime.of(event.ends),
            rule=event.rule,
            organizer=Correspondent(name=organizer.name, address=organizer.address) if organizer else None,
            attendees=[EventAttendee.of(one) for one in event.attendees],
            event_count=found.count,
            can_answer=found.can_answer,
            answer=found.answer,
        )
