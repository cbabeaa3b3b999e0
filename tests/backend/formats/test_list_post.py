"""What a list makes of a post: its fields, the prefix, the footer, From; and nothing else."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import list_post, list_tokens
from backend.formats.addresses import Address
from backend.formats.headers import index, split
from backend.formats.list_commands import Decision, Verdict, Word, first_line, verdict_of, word_of
from backend.formats.list_post import Shape
from backend.formats.list_tokens import ListToken, Purpose

SHAPE = Shape(Address("talk", "example.test"), "Talk")
FULL = Shape(
    Address("talk", "example.test"),
    'Über alles, "Talk"',
    subject_prefix="[täglich]",
    footer="Eins\nzwei — drei",
    replies_to_list=True,
    rewrites_from=True,
)
PLAIN = b"From: a@x.test\r\nSubject: Hi\r\n\r\nText\r\n"
RULE = b"_" * 40


def _head(raw: bytes) -> dict[bytes, list[bytes]]:
    return index(raw[: split(raw)[0]])


def test_fields_of_another_list_and_receipts_are_taken_away() -> None:
    raw = b"List-Id: <other.test>\r\nDisposition-Notification-To: a@x.test\r\nPrecedence: bulk\r\n" + PLAIN

    head = _head(list_post.reshape(raw, SHAPE))

    assert head[b"list-id"] == [b" Talk <talk.example.test>\r\n"] or head[b"list-id"][0].strip() == (
        b"Talk <talk.example.test>"
    )
    assert [value.strip() for value in head[b"precedence"]] == [b"list"]
    assert b"disposition-notification-to" not in head
    assert head[b"list-post"][0].strip() == b"<mailto:talk@example.test>"


def test_an_unchanged_post_keeps_its_signature_and_every_byte_of_its_body() -> None:
    signed = b"DKIM-Signature: v=1; b=abc\r\n" + PLAIN

    assert list_post.reshape(signed, SHAPE).endswith(signed)
    changed = list_post.reshape(signed, Shape(SHAPE.address, "Talk", subject_prefix="[t]"))
    assert b"DKIM-Signature" not in changed
    assert changed.endswith(b"\r\n\r\nText\r\n")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"Subject: Hi\r\n", "[t] Hi"),
        (b"Subject: Re: [T] Hi\r\n", "Re: [T] Hi"),
        (b"Subject: =?utf-8?q?J=C3=B6rg?=\r\n", "[t] Jörg"),
        (b"Subject: a\r\n very long one\r\n", "[t] a very long one"),
        (b"Subject:\r\n", "[t]"),
        (b"", "[t]"),
    ],
)
def test_the_prefix_stands_before_the_subject_once(subject: bytes, expected: str) -> None:
    raw = b"From: a@x.test\r\n" + subject + b"\r\nText\r\n"

    shaped = list_post.reshape(raw, Shape(SHAPE.address, "Talk", subject_prefix="[t]"))

    assert str(BytesParser(policy=default).parsebytes(shaped)["Subject"]) == expected


def test_a_footer_stands_below_the_text_and_takes_the_signature_away() -> None:
    footed = Shape(SHAPE.address, "Talk", footer="Bye")

    shaped = list_post.reshape(b"DKIM-Signature: v=1; b=x\r\n" + PLAIN, footed)

    assert shaped.endswith(b"\r\n\r\nText\r\n\r\n" + RULE + b"\r\nBye\r\n")
    assert b"DKIM-Signature" not in shaped
    answer = list_post.reshape(PLAIN + b"> " + RULE + b"\r\n> Bye\r\n", footed)
    assert answer.count(b"Bye") == 1


def test_what_is_signed_inside_gets_no_footer_and_keeps_every_signature() -> None:
    signed = (
        b"DKIM-Signature: v=1; b=x\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/signed; boundary="b"; micalg=sha-256\r\n'
        b"\r\n--b\r\n\r\nText\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--b--\r\n"
    )

    assert list_post.reshape(signed, Shape(SHAPE.address, "Talk", footer="Bye")).endswith(signed)


def test_a_content_type_that_cannot_be_written_again_gets_no_footer() -> None:
    raw = b"From: a@x.test\r\nContent-Type: text/plain; \0\x03=1; charset=cp850\r\n\r\nText\r\n"

    assert list_post.reshape(raw, Shape(SHAPE.address, "Talk", footer="Tsch\u00fcss \u2603")).endswith(raw)


def test_everything_changed_is_read_by_another_parser() -> None:
    raw = b"From: =?utf-8?q?J=C3=B6rg?= <j@x.test>\r\nSubject: Hi\r\n\r\nText\r\n"

    message = BytesParser(policy=default).parsebytes(list_post.reshape(raw, FULL))
    assert isinstance(message, EmailMessage)

    assert str(message["From"]) == '"Jörg via Über alles, \\"Talk\\"" <talk@example.test>'
    assert message["Reply-To"].addresses[0].addr_spec == "talk@example.test"
    assert message["X-Original-From"] is not None
    assert "zwei — drei" in message.get_content()


@given(st.binary(max_size=400))
def test_no_message_breaks_it(raw: bytes) -> None:
    for shape in (SHAPE, FULL):
        shaped = list_post.reshape(raw, shape)
        assert list_post.has_passed(_head(shaped), shape)
        assert len(_head(shaped)[b"list-id"]) == 1
    first_line(raw)


_PIECES = st.sampled_from(
    [b"From: ", b"a@x.test", b"Subject:", b" ", b"\r\n", b"\r\n\r\n", b"--b", b"--b--",
     b"Content-Type: multipart/mixed; boundary=b",
     b"=?utf-8?q?=00?=", b"\0", b"\xff", b"List-Id: <talk.example.test>", b"text/plain"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=20))
def test_no_arrangement_of_pieces_breaks_it(pieces: list[bytes]) -> None:
    shaped = list_post.reshape(b"".join(pieces), FULL)

    assert len(_head(shaped)[b"from"]) == 1
    assert list_post.has_passed(_head(shaped), FULL)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Approve.", Verdict(Decision.APPROVE)),
        ("reject  too   long", Verdict(Decision.REJECT, "too long")),
        ("DISCARD", Verdict(Decision.DISCARD)),
        ("approval pending", None),
        ("", None),
    ],
)
def test_answers_of_moderators(line: str, verdict: Verdict | None) -> None:
    assert verdict_of(line) == verdict


def test_the_first_line_is_what_the_writer_wrote() -> None:
    html = b"Content-Type: text/html\r\n\r\n<p>approve</p><blockquote>old</blockquote>"

    assert first_line(b"Subject: x\r\n\r\n> old\r\n\r\nOn Monday x wrote:\r\n reject no\r\n") == "reject no"
    assert first_line(html) == "approve"
    assert first_line(b"Content-Type: image/png\r\n\r\nx") == ""
    assert word_of("Re: hi", "Unsubscribe me") is Word.UNSUBSCRIBE
    assert word_of("", "") is Word.HELP


@given(st.sampled_from(Purpose), st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.binary(max_size=3))
def test_tokens_come_back_and_no_others(purpose: Purpose, list_id: int, number: int, noise: bytes) -> None:
    token = ListToken(purpose, list_id, number)

    text = list_tokens.sign(b"key", token, "example.test")

    assert len(list_tokens.localpart(text)) <= 64
    assert list_tokens.token_of(list_tokens.localpart(text).upper()) == text
    assert list_tokens.verify(b"key", text.upper(), "example.test") == token
    assert list_tokens.verify(b"other", text, "example.test") is None
    assert list_tokens.verify(b"key", text, "other.test") is None
    assert list_tokens.verify(b"key", text + noise.hex(), "example.test") == (token if not noise else None)
