from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import icalendar, itip, vcard
from backend.formats.content_lines import escape, fold, lines, unescape
from backend.formats.itip import Answer

INVITE = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VTIMEZONE\r
TZID:Our Time\r
BEGIN:STANDARD\r
TZOFFSETTO:+0130\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:42@x\r
SEQUENCE:3\r
SUMMARY:Budget\\, first
  pass\r
DTSTART;TZID=Europe/Berlin:20261201T143000\r
DURATION:PT1H30M\r
LOCATION:Room 2\\nby the stairs\r
RRULE:FREQ=WEEKLY;COUNT=4\r
ORGANIZER;CN="Okafor, Amara":mailto:amara@north.example\r
ATTENDEE;CN=Maren;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:MAILTO:maren@example.test\r
ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:b@x.example\r
BEGIN:VALARM\r
SUMMARY:not this one\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_an_invitation_is_read() -> None:
    calendar = icalendar.parse(INVITE)

    assert calendar is not None
    [event] = calendar.events
    assert (calendar.method, event.uid, event.sequence) == ("REQUEST", "42@x", 3)
    assert (event.summary, event.location) == ("Budget, first pass", "Room 2\nby the stairs")
    assert event.starts is not None
    assert (event.starts.local, event.starts.at) == ("2026-12-01T14:30:00", 1796131800)
    assert event.ends is not None
    assert event.ends.at == 1796131800 + 5400
    assert event.organizer is not None
    assert (event.organizer.name, event.organizer.address) == ("Okafor, Amara", "amara@north.example")
    assert [(one.address, one.status, one.wants_reply) for one in event.attendees] == [
        ("maren@example.test", "NEEDS-ACTION", True),
        ("b@x.example", "ACCEPTED", False),
    ]


@pytest.mark.parametrize(
    ("line", "local", "at", "is_day"),
    [
        ("DTSTART:20261201T143000Z", "2026-12-01T14:30:00", 1796135400, False),
        ("DTSTART:20261201T143000", "2026-12-01T14:30:00", None, False),
        ("DTSTART;VALUE=DATE:20261201", "2026-12-01", None, True),
        ("DTSTART;TZID=Our Time:20261201T143000", "2026-12-01T14:30:00", 1796130000, False),
        ("DTSTART;TZID=Nowhere:20261201T143000", "2026-12-01T14:30:00", None, False),
        ("DTSTART;TZID=../../etc/passwd:20261201T143000", "2026-12-01T14:30:00", None, False),
    ],
)
def test_times_keep_what_they_say(line: str, local: str, at: int | None, is_day: bool) -> None:
    text = INVITE.replace("DTSTART;TZID=Europe/Berlin:20261201T143000", line)

    calendar = icalendar.parse(text)

    assert calendar is not None
    starts = calendar.events[0].starts
    assert starts is not None
    assert (starts.local, starts.at, starts.is_day) == (local, at, is_day)


@pytest.mark.parametrize("value", ["20261301T000000", "00000000", "x", "", "99999999T999999Z"])
def test_a_time_that_is_none_is_left_out(value: str) -> None:
    calendar = icalendar.parse(INVITE.replace("20261201T143000", value))

    assert calendar is not None
    assert (calendar.events[0].starts, calendar.events[0].ends) == (None, None)


def test_a_reply_repeats_what_the_organizer_needs_and_nothing_else() -> None:
    calendar = icalendar.parse(INVITE)
    assert calendar is not None
    written = itip.reply(
        calendar.events[0],
        address="maren@example.test",
        name='Maren "M" Holt\r\nX:y',
        answer=Answer.TENTATIVE,
        comment="Late; maybe",
        now=1_700_000_000,
    ).decode()

    again = icalendar.parse(written)

    assert again is not None
    [event] = again.events
    assert (again.method, event.uid, event.sequence) == ("REPLY", "42@x", 3)
    assert [(one.address, one.status) for one in event.attendees] == [("maren@example.test", "TENTATIVE")]
    assert event.attendees[0].name == "Maren M HoltX:y"
    assert event.starts == calendar.events[0].starts
    assert "COMMENT:Late\\; maybe\r\n" in written
    assert "DTSTAMP:20231114T221320Z\r\n" in written
    assert all(len(line) <= 75 for line in written.encode().split(b"\r\n"))
    assert "LOCATION" not in written


@given(st.text(max_size=300))
def test_text_survives_escaping_and_folding(text: str) -> None:
    clean = "".join(c for c in text if c.isprintable() or c == "\n")

    [line] = lines(fold(f"NOTE:{escape(clean)}").decode("utf-8", "replace"))

    assert unescape(line.value) == clean.encode("utf-8", "replace").decode()


@given(st.text(alphabet='BEGIN:VCALENDARvt;=",\\\r\n\t 20261201TZPDTSTART', max_size=600))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(
        icalendar.parse(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n{text}"), icalendar.Calendar | None
    )
    assert isinstance(vcard.parse(f"BEGIN:VCARD\nFN:x\n{text}\nEND:VCARD"), list)


def test_cards_of_every_version_are_read() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Amara Okafor\r\nORG:North Wing;Finance\r\nTITLE:Clerk\r\n"
        'item1.EMAIL;TYPE=work:amara@north.example\r\nTEL;VALUE=uri;TYPE="cell,voice":tel:+44-20-1\r\n'
        "ADR;TYPE=home:;;1 Long Lane;Leeds;;LS1;England\r\nPHOTO:data:image/png;base64,xxxx\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Rossi;Sofia;;Dr.\r\nTEL;WORK;FAX:1\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nEND:VCARD\r\n"
    )

    amara, sofia = vcard.parse(text)

    assert (amara.name, amara.organisation, amara.title) == ("Amara Okafor", "North Wing, Finance", "Clerk")
    assert [(one.value, one.kind) for one in (*amara.emails, *amara.phones, *amara.addresses)] == [
        ("amara@north.example", "work"),
        ("+44-20-1", "cell"),
        ("1 Long Lane, Leeds, LS1, England", "home"),
    ]
    assert (sofia.name, sofia.phones[0].kind) == ("Dr. Sofia Rossi", "work")
