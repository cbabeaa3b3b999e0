"""Reports as other hosts write them: to the letter, beside it, and in qmail's own form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.dsn import Action, DeliveryReport, RecipientReport, build
from backend.formats.dsn_reading import (
    MAX_RECIPIENTS,
    address_of,
    message_id_of,
    original_address_of,
    read,
)
from backend.formats.mime import scan

LETTER = b"From: ann@example.org\r\nMessage-ID: <letter.1@example.org>\r\nSubject: Hello\r\n"


def read_raw(raw: bytes) -> DeliveryReport | None:
    return read(raw, scan(raw))


def report(*groups: str, returned: bytes = LETTER, kind: str = "text/rfc822-headers") -> bytes:
    """A report as hosts send it."""
    status = "\r\n\r\n".join(groups).encode()
    return (
        b"From: MAILER-DAEMON@mx.remote.test\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + status + b"\r\n"
        b"--b\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + returned + b"\r\n--b--\r\n"
    )


def only(raw: bytes) -> RecipientReport:
    found = read_raw(raw)
    assert found is not None
    (recipient,) = found.recipients
    return recipient


def test_message_id_of_what_came_back() -> None:
    group = "Final-Recipient: rfc822; x@remote.test\r\nAction: failed\r\nStatus: 5.1.1"
    for kind, returned in (
        ("text/rfc822-headers", LETTER),
        ("message/rfc822", LETTER + b"\r\nBody with\r\nMessage-ID: <other@example.org>\r\n"),
        ("message/global-headers", LETTER),
    ):
        found = read_raw(report("Reporting-MTA: dns; mx", group, returned=returned, kind=kind))
        assert found is not None
        assert message_id_of(found) == "letter.1@example.org"
    found = read_raw(report("Reporting-MTA: dns; mx", group, returned=b"Subject: none\r\n"))
    assert found is not None
    assert message_id_of(found) == ""


@pytest.mark.parametrize(
    ("fields", "action", "status"),
    [
        # Exchange writes types and actions in its own letters.
        ("Final-Recipient: RFC822;x@remote.test|Action: Failed|Status: 5.1.10", Action.FAILED, "5.1.10"),
        # No type, brackets, a comment.
        ("Final-Recipient: <x@remote.test>|Action: failure|Status: 5.0.0 (gone)", Action.FAILED, "5.0.0"),
        # The code stands in the diagnostic only.
        (
            "Final-Recipient: rfc822; x@remote.test|Diagnostic-Code: smtp; 550 5.2.1 off",
            Action.FAILED,
            "5.2.1",
        ),
        # No action: the class of the status says it.
        ("Final-Recipient: rfc822; x@remote.test|Status: 4.4.1", Action.DELAYED, "4.4.1"),
        ("Final-Recipient: rfc822; x@remote.test|Status: 2.1.5", Action.DELIVERED, "2.1.5"),
        ("Final-Recipient: rfc822; x@remote.test|Action: relayed|Status: 2.0.0", Action.RELAYED, "2.0.0"),
    ],
)
def test_beside_the_letter(fields: str, action: Action, status: str) -> None:
    group = fields.replace("|", "\r\n")

    # In a group of its own, in the first one, and behind a line of blanks.
    for groups in (["Reporting-MTA: a", group], [group], ["Reporting-MTA: a\r\n  \r\n" + group]):
        found = only(report(*groups))
        assert (found.recipient, found.action, found.status) == ("x@remote.test", action, status)


def test_addresses_in_their_escapes() -> None:
    assert address_of(r"utf-8; j\x{F6}rg@remote.test") == "jörg@remote.test"
    assert address_of(r"rfc822; j\x{F6}rg@remote.test") == r"j\x{F6}rg@remote.test"
    assert address_of(r"utf-8; a\x{D800}\x{110000}@b") == r"a\x{D800}\x{110000}@b"
    assert address_of("x@remote.test") == "x@remote.test"
    assert original_address_of("rfc822;a+2Bb+3D@remote.test") == "a+b=@remote.test"


def test_report_below_the_footer_of_a_list_is_found() -> None:
    inner = report("Reporting-MTA: dns; mx", "Final-Recipient: rfc822; x@remote.test\r\nAction: failed")
    body = inner.partition(b"MIME-Version: 1.0\r\n")[2]
    outer = b"Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n" + body + b"\r\n--o--\r\n"

    assert only(outer).recipient == "x@remote.test"


def test_report_that_somebody_forwards_is_not_theirs() -> None:
    inner = report("Reporting-MTA: dns; mx", "Final-Recipient: rfc822; x@remote.test\r\nAction: failed")
    outer = b"Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n"

    assert read_raw(outer + inner + b"\r\n--o--\r\n") is None


QMAIL = (
    b"From: MAILER-DAEMON@mx.remote.test\r\nSubject: failure notice\r\n\r\n"
    b"Hi. This is the qmail-send program at mx.remote.test.\r\n"
    b"I'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n"
    b"<x@remote.test>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
    b"<y@remote.test>:\r\n10.0.0.1 failed after I sent the message.\r\nRemote host said: 552 full\r\n\r\n"
    b"--- Below this line is a copy of the message.\r\n\r\n"
    b"Return-Path: <ann@example.org>\r\n" + LETTER + b"\r\n<z@remote.test>:\r\nnot one of them\r\n"
)


def test_qmail_is_read() -> None:
    found = read_raw(QMAIL)

    assert found is not None
    assert [(one.recipient, one.status) for one in found.recipients] == [
        ("x@remote.test", "5.1.1"),
        ("y@remote.test", "5.0.0"),
    ]
    assert found.recipients[0].diagnostic == "Sorry, no mailbox here by that name. (#5.1.1)"
    assert message_id_of(found) == "letter.1@example.org"


def test_prose_is_not_searched_for_addresses() -> None:
    assert read_raw(QMAIL.replace(b"Hi. This is the", b"This is the")) is None
    assert read_raw(b"Subject: Undeliverable\r\n\r\nx@remote.test: user unknown\r\n") is None


def test_recipients_are_bounded() -> None:
    groups = ["Final-Recipient: rfc822; x@remote.test\r\nAction: failed"] * (MAX_RECIPIENTS + 50)
    found = read_raw(report("Reporting-MTA: x", *groups))

    assert found is not None
    assert len(found.recipients) == MAX_RECIPIENTS


def test_prose_takes_linear_time(within) -> None:
    head = b"\r\nHi. This is the qmail-send program\r\n\r\n"

    within(lambda: read_raw(head + b"<a@b>:\n" * 100_000))
    within(lambda: read_raw(head + b"<" * 200_000))


_words = st.text(st.characters(exclude_categories=["C"]), max_size=30)


@given(
    st.lists(
        st.builds(
            RecipientReport,
            recipient=st.from_regex(r"[a-zé]{1,10}@[a-z]{1,10}\.test", fullmatch=True),
            action=st.sampled_from(Action),
            status=st.from_regex(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}", fullmatch=True),
            remote_mta=st.from_regex(r"[a-z.]{1,20}", fullmatch=True),
            diagnostic=st.from_regex(r"[0-9]{3} [a-z;:<>@ ]{1,40}[a-z]", fullmatch=True),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_we_write_is_read_back(recipients: list[RecipientReport]) -> None:
    written = DeliveryReport(
        reporting_mta="mail.example.org",
        message_id="d1@mail.example.org",
        envelope_id="QQ314159",
        recipients=tuple(recipients),
        returned=LETTER,
    )
    found = read_raw(build(written))

    assert found is not None
    wanted = tuple(replace(one, diagnostic=" ".join(one.diagnostic.split())) for one in recipients)
    assert found.recipients == wanted
    assert (found.envelope_id, message_id_of(found)) == ("QQ314159", "letter.1@example.org")


@given(_words, _words, _words, st.binary(max_size=200))
def test_reading_never_raises(one: str, two: str, three: str, tail: bytes) -> None:
    raw = report(f"Reporting-MTA: {one}", f"Final-Recipient: {two}\r\nAction: {three}\r\nStatus: {one}")

    for mail in (raw + tail, tail + raw, QMAIL + tail, QMAIL[:200] + tail + QMAIL[200:]):
        found = read_raw(mail)
        if found is not None:
            assert found.recipients
            message_id_of(found)
