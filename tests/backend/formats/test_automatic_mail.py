"""What a program must not answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import headers
from backend.formats.automatic_mail import is_written_by_a_person


def judge(field: bytes, sender: str = "ann") -> bool:
    return is_written_by_a_person(headers.index(b"Subject: x\r\n" + field + b"\r\n"), sender)


@pytest.mark.parametrize(
    "field",
    [
        b"Auto-Submitted: auto-generated",
        b"Auto-Submitted: auto-replied (vacation)",
        b"Auto-Submitted:\r\n auto-notified; owner-email=a@b",
        b"List-Id: <a.b.test>",
        b"LIST-UNSUBSCRIBE: <https://x.test>",
        b"Precedence: bulk",
        b"Precedence: List",
        b"X-Auto-Response-Suppress: DR, OOF, AutoReply",
        b"X-Auto-Response-Suppress: All",
        b"X-Autoreply: yes",
        b"X-Loop: a@b.test",
    ],
)
def test_programs_and_lists_are_not_answered(field: bytes) -> None:
    assert not judge(field)


@pytest.mark.parametrize(
    "field",
    [b"X-Mailer: y", b"Auto-Submitted: no", b"Precedence: first-class", b"X-Auto-Response-Suppress: RN"],
)
def test_people_are(field: bytes) -> None:
    assert judge(field)


@pytest.mark.parametrize(
    "sender",
    ["MAILER-DAEMON", "owner-team", "team-owner", "team-request", "no-reply", "noreply+1", "do_not.reply",
     "donotreply", "bounces", "team-bounce", "listserv", "bounce+tag=a=b.test"],
)  # fmt: skip
def test_addresses_of_programs_are_not_answered(sender: str) -> None:
    assert not judge(b"X-Mailer: y", sender)


@pytest.mark.parametrize("sender", ["ann", "nora", "reply", "owner", "norbert.reply", "request"])
def test_addresses_of_people_are(sender: str) -> None:
    assert judge(b"X-Mailer: y", sender)


@given(st.binary(max_size=300), st.text(max_size=80))
def test_no_header_trips_it(head: bytes, sender: str) -> None:
    assert is_written_by_a_person(headers.index(b"Auto-Submitted: " + head), sender) in (True, False)
