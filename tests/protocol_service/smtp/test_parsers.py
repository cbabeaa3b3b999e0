"""What reads bytes of strangers: never another error than its own, never more kept than its limit."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.kit.errors import InvalidSyntax
from protocol_service.smtp import replies
from protocol_service.smtp.checks import content
from protocol_service.smtp.commands import parameters
from protocol_service.smtp.inbox import LINE_LIMIT, Inbox, LineTooLong

KNOWN = frozenset({"SIZE", "BODY", "NOTIFY"})


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_parameters_of_any_bytes(text: bytes) -> None:
    try:
        found = parameters.split(text, KNOWN)
    except (InvalidSyntax, parameters.UnknownParameter):
        return

    assert set(found) <= KNOWN


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_values_of_any_text(value: str) -> None:
    for read in (
        parameters.size,
        parameters.ret,
        parameters.envid,
        parameters.notify,
        parameters.orcpt,
        parameters.body,
        parameters.priority,
        lambda given: parameters.release_at({"HOLDUNTIL": given}),
        lambda given: parameters.release_at({"HOLDFOR": given}),
    ):
        try:
            assert read(value) is not None
        except InvalidSyntax:
            continue


def test_values_that_are_right() -> None:
    assert parameters.split(b" SIZE=10\tnotify=NEVER body ", KNOWN) == {
        "SIZE": "10",
        "NOTIFY": "NEVER",
        "BODY": "",
    }
    assert parameters.notify("success,DELAY") == "DELAY,SUCCESS"
    assert parameters.orcpt("rfc822;a+2Bb@c.test") == "rfc822;a+2Bb@c.test"


@given(st.lists(st.sampled_from([b"a", b"\r\n", b"\n", b"x" * 5000, b"y" * 13_000]), max_size=12))
@settings(max_examples=100)
def test_lines_come_whole_whatever_the_pieces(pieces: list[bytes]) -> None:
    with asyncio.Runner() as runner:
        inbox = Inbox(runner.get_loop())
    taken: list[bytes] = []
    for piece in pieces:
        inbox.feed(piece)
        while True:
            try:
                line = inbox.take_line()
            except LineTooLong:
                line = b"too long\n"
            if line is None:
                break
            taken.append(line)
        assert len(inbox.buffer) <= LINE_LIMIT

    whole = b"".join(pieces).split(b"\n")[:-1]
    assert taken == [line + b"\n" if len(line) < LINE_LIMIT else b"too long\n" for line in whole]


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_facts_of_any_message(raw: bytes) -> None:
    facts = content.look(raw)

    assert facts.has_bare_newline == (
        raw.replace(b"\r\n", b"").count(b"\r") + raw.replace(b"\r\n", b"").count(b"\n") > 0
    )
    assert len(facts.subject) <= 300
    assert "\0" not in facts.subject + facts.message_id


def test_facts_that_are_right() -> None:
    raw = (
        b"Received: a\r\n\tb\r\nreceived: c\r\nSubject: one\r\n\ttwo =?utf-8?q?=C3=BC?=\r\n"
        b"X-Received: no\r\nMessage-ID: <a@b>\r\nSubject: second\r\n\r\nReceived: in the body\r\n"
    )

    assert content.look(raw) == content.Facts(False, 2, "one two ü", "a@b")


@given(st.integers(200, 599), st.text(max_size=700))
@settings(max_examples=100)
def test_a_reply_is_one_short_line_of_ascii(code: int, text: str) -> None:
    said = replies.reply(code, "5.0.0", text)

    assert said.isascii()
    assert said.endswith(b"\r\n")
    assert said.count(b"\n") == said.count(b"\r") == 1
    assert len(said) <= 512
