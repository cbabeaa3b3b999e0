from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import headers
from backend.formats.addresses import Address
from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.formats.dsn_reading import read
from backend.formats.mime import part_text, scan

ORIGINAL = b"From: ann@example.org\r\nSubject: Hello\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n"
FAILED = RecipientReport(
    recipient="nobody@example.net",
    action=Action.FAILED,
    status="5.1.1",
    original_recipient="rfc822;Nobody@example.net",
    remote_mta="mx.example.net",
    diagnostic="550 5.1.1 <nobody@example.net>: no such user",
    last_attempt_at=1763835700,
)
REPORT = DeliveryReport(
    reporting_mta="mail.example.org",
    to=Address("ann", "example.org"),
    date=1763835720,
    message_id="d1@mail.example.org",
    arrived_at=1763835660,
    envelope_id="QQ314159",
    returned=ORIGINAL,
    returns_full=True,
    recipients=(FAILED,),
)


def test_report_of_a_failure() -> None:
    raw = build(REPORT)
    root = scan(raw)

    assert [part.content_type for part in root.walk()] == [
        "multipart/report",
        "text/plain",
        "message/delivery-status",
        "message/rfc822",
        "text/plain",
    ]
    assert root.params["report-type"] == "delivery-status"
    assert headers.first(raw, b"to") == b"ann@example.org"
    assert headers.first(raw, b"auto-submitted") == b"auto-replied"
    assert headers.first(raw, b"subject") == b"Your message could not be delivered"
    text = part_text(raw, root.children[0])
    assert (
        "  nobody@example.net\n    mx.example.net said: 550 5.1.1 <nobody@example.net>: no such user\n"
        in text
    )
    status = root.children[1]
    assert raw[status.body_start : status.end] == (
        b"Original-Envelope-Id: QQ314159\r\n"
        b"Reporting-MTA: dns; mail.example.org\r\n"
        b"Arrival-Date: Sat, 22 Nov 2025 18:21:00 +0000\r\n"
        b"\r\n"
        b"Original-Recipient: rfc822;Nobody@example.net\r\n"
        b"Final-Recipient: rfc822; nobody@example.net\r\n"
        b"Action: failed\r\n"
        b"Status: 5.1.1\r\n"
        b"Remote-MTA: dns; mx.example.net\r\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.net>: no such user\r\n"
        b"Last-Attempt-Date: Sat, 22 Nov 2025 18:21:40 +0000\r\n"
    )
    returned = root.children[2]
    assert raw[returned.body_start : returned.end] == ORIGINAL


def test_report_of_a_delay_returns_the_header_only() -> None:
    delayed = replace(FAILED, action=Action.DELAYED, status="4.4.1", retried_until=1764267660)
    raw = build(replace(REPORT, recipients=(delayed,), returns_full=False))
    root = scan(raw)

    assert headers.first(raw, b"subject") == b"Your message is delayed"
    assert b"Will-Retry-Until: Thu, 27 Nov 2025 18:21:00 +0000\r\n" in raw
    returned = root.children[2]
    assert returned.content_type == "text/rfc822-headers"
    assert raw[returned.body_start : returned.end] == b"From: ann@example.org\r\nSubject: Hello\r\n"


@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        replace(REPORT, returns_full=False, returned=b"From: ann@example.org\r\nSubject: Hello\r\n"),
        replace(REPORT, returned=b"", returns_full=False, envelope_id="", arrived_at=None),
        replace(
            REPORT,
            recipients=(FAILED, replace(FAILED, recipient="jörg@example.net", diagnostic="550 größer")),
        ),
    ],
)
def test_report_is_read_back(report: DeliveryReport) -> None:
    raw = build(report)

    assert read(raw, scan(raw)) == replace(report, to=None, date=0, message_id="")


def test_report_of_another_host_is_read(message: Callable[[str], bytes]) -> None:
    raw = message("bounce")

    assert read(raw, scan(raw)) == DeliveryReport(
        reporting_mta="mx.example.net",
        arrived_at=1764723721,
        recipients=(
            RecipientReport(
                recipient="nobody@example.net",
                action=Action.FAILED,
                status="5.1.1",
                original_recipient="rfc822;nobody@example.net",
                remote_mta="inbound.example.net",
                diagnostic="550 5.1.1 <nobody@example.net>... User unknown",
                last_attempt_at=1764723723,
            ),
        ),
        returned=b"From: ann@example.org\r\nTo: nobody@example.net\r\nSubject: Hello\r\n",
    )


def test_other_messages_are_no_report(message: Callable[[str], bytes]) -> None:
    for name in ("plain", "forwarded", "broken_base64"):
        raw = message(name)

        assert read(raw, scan(raw)) is None


def test_words_of_other_hosts_cannot_add_fields() -> None:
    evil = replace(
        FAILED, diagnostic="550 no\r\n\r\nFinal-Recipient: rfc822; x@y\r\n--=_report", status="junk"
    )
    raw = build(replace(REPORT, recipients=(evil,)))
    found = read(raw, scan(raw))

    assert found is not None
    assert [recipient.recipient for recipient in found.recipients] == ["nobody@example.net"]
    assert found.recipients[0].status == "5.0.0"
    assert found.recipients[0].diagnostic == "550 no Final-Recipient: rfc822; x@y --=_report"


def test_message_with_endless_lines_is_returned_by_its_header() -> None:
    raw = build(replace(REPORT, returned=b"Subject: x\r\n\r\n" + b"y" * 5000))

    assert scan(raw).children[2].content_type == "text/rfc822-headers"
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_reading_never_raises(body: bytes) -> None:
    raw = b"Content-Type: message/delivery-status\n\nReporting-MTA: x\n\nFinal-Recipient: a\n" + body

    found = read(raw, scan(raw))
    assert found is None or found.recipients


def test_reading_takes_linear_time(within) -> None:
    raw = b"Content-Type: message/delivery-status\n\n" + b"Final-Recipient: a;b\n\n" * 100_000

    within(lambda: read(raw, scan(raw)))
