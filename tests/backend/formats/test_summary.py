from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.formats import mime
from backend.formats.envelope import body, bodystructure, envelope
from backend.formats.preview import preview
from backend.formats.search_text import fold
from backend.formats.summary import MAX_SEARCH_CHARS, Summary, summarize

Message = Callable[[str], bytes]


def test_summary_of_a_plain_reply(message: Message) -> None:
    raw = message("plain")
    found = summarize(raw)
    root = mime.scan(raw)

    assert (found.envelope, found.bodystructure, found.body) == (
        envelope(raw, root),
        bodystructure(root),
        body(root),
    )
    assert mime.unpack(found.parts) == root
    assert found.header_size == root.body_start
    assert found.head == (
        b'From: "Ann Lee" <ann@example.org>\r\n'
        b'To: Bob Stone <bob@example.test>, "Doe, Carol" <carol@example.test>\r\n'
        b"Cc: team@example.test\r\n"
        b"Subject: Re: [plan] Lunch on Friday\r\n"
        b"Date: Sat, 22 Nov 2025 19:21:00 +0100\r\n"
        b"Message-ID: <m2@example.org>\r\n"
        b"In-Reply-To: <m1@example.test>\r\n"
        b"References: <m0@example.test> <m1@example.test>\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"\r\n"
    )
    assert found.subject == "Re: [plan] Lunch on Friday"
    assert (found.from_name, found.from_addr) == ("Ann Lee", "ann@example.org")
    assert found.to_text == "Bob Stone, Doe, Carol, team@example.test"
    assert found.sent_at == 1763835660
    assert found.message_id == "m2@example.org"
    assert found.in_reply_to == ("m1@example.test",)
    assert found.references == ("m0@example.test", "m1@example.test")
    assert found.has_attachments is False
    assert found.preview == "Yes, at noon. See you there!"
    assert "subject: re: [plan] lunch on friday" in found.search_headers
    assert found.search_body.startswith("on fri, 21 nov 2025, bob wrote: > shall we have lunch?")
    assert (found.list_id, found.auto_submitted, found.received_count) == ("", False, 1)


def test_summary_of_a_message_with_everything(message: Message) -> None:
    found = summarize(message("alternative_related_mixed"))

    assert found.subject == "Grüße an alle"
    assert (found.from_name, found.to_text) == ("Jörg Müller", "a@example.test, B")
    assert found.has_attachments is True
    assert found.preview == "Schöne Grüße"
    assert found.search_body == "schöne grüsse\nlogo.png\nbericht über.pdf"
    assert "from: jörg müller <joerg@example.org>" in found.search_headers


def test_summary_of_a_newsletter_in_html(message: Message) -> None:
    found = summarize(message("list"))

    assert found.preview == "Price: 5 € & more"
    assert found.search_body.endswith("price: 5 € & more")
    assert "color" not in found.search_body
    assert "hidden" not in found.search_body
    assert (found.list_id, found.auto_submitted) == ("weekly.example.org", True)
    assert found.sent_at == 1764851400


def test_embedded_messages_are_searched_but_do_not_preview(message: Message) -> None:
    found = summarize(message("forwarded"))

    assert found.preview == "See below."
    assert found.has_attachments is True
    assert found.search_body.split("\n") == [
        "see below.",
        "eve <eve@example.org> carol@example.test inner",
        "inner text",
        "plain inner",
        "just a body",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("signed", False), ("bounce", False), ("calendar_invitation", True), ("plain", False)],
)
def test_attachments_are_what_one_would_save(message: Message, name: str, expected: bool) -> None:
    assert summarize(message(name)).has_attachments is expected


def test_summary_of_broken_messages_keeps_what_can_be_read(message: Message) -> None:
    found = summarize(message("broken_8bit_headers"))

    assert found.subject == "café  – naïve"
    assert (found.from_name, found.from_addr) == ("Jörg", "jörg@example.org")
    assert (found.sent_at, found.message_id) == (None, "brackets@example.org")
    assert found.preview == "Grüße aus Köln, schönes Wetter heute"


def test_summary_of_nothing() -> None:
    found = summarize(b"")

    assert found == Summary(
        fields={},
        envelope=b"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
        bodystructure=b'("text" "plain" NIL NIL NIL "7bit" 0 0 NIL NIL NIL NIL)',
        body=b'("text" "plain" NIL NIL NIL "7bit" 0 0)',
        head=b"\r\n",
        parts=found.parts,
        header_size=0,
        subject="",
        from_name="",
        from_addr="",
        to_text="",
        sent_at=None,
        message_id="",
        in_reply_to=(),
        references=(),
        has_attachments=False,
        preview="",
        search_headers="",
        search_body="",
        list_id="",
        auto_submitted=False,
        received_count=0,
    )


def test_auto_submitted_no_is_a_person() -> None:
    assert summarize(b"Auto-Submitted: no\n\n").auto_submitted is False
    assert summarize(b"Auto-Submitted: auto-replied; x\n\n").auto_submitted is True


def test_everything_is_bounded(within) -> None:
    ids = b" ".join(b"<%d@x>" % number for number in range(2000))
    boxes = b"Name <a@b.test>, " * 5000
    raw = (
        b"Subject: "
        + b"s" * 100_000
        + b"\nTo: "
        + boxes
        + b"\nReferences: "
        + ids
        + b"\nList-Id: "
        + b"l" * 5000
        + b"\n\n"
        + b"word " * 1_000_000
    )
    found = summarize(raw)

    assert len(found.subject) == 1000
    assert len(found.to_text) <= 500
    assert (len(found.references), found.references[0]) == (100, "0@x")
    assert len(found.search_body) <= MAX_SEARCH_CHARS
    assert len(found.list_id) <= 1000
    within(summarize, raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/html\n\n" + b"<" * 2_000_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 500_000,
        b"Content-Type: text/html\n\n" + b"<style>" * 300_000,
        b"Content-Type: text/html\n\n" + b"&#9999999999" * 200_000 + b"&#" + b"9" * 100_000 + b";",
        b"Content-Type: text/html\n\n" + b"<p " * 500_000,
        b"\n" + b"> \n" * 500_000,
        b"\n" + b"\xc4\xb0" * 500_000,
        b"Subject: " + b"=?x?Q?=FF?= " * 20_000 + b"\n\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n\xff\xfe\xe4 x\n" * 50_000,
    ],
)
def test_hostile_messages_take_linear_time(raw: bytes, within) -> None:
    within(summarize, raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello\n\n  world\t!", "Hello world !"),
        ("> quoted\n\nOwn words\n> more", "Own words"),
        ("On Mon, Ann <a@b.c> wrote:\n> x\nAnswer", "Answer"),
        ("Am 1.2.2025 schrieb Ann:\n> x\nAntwort", "Am 1.2.2025 schrieb Ann: Antwort"),
        ("Text\n-- \nAnn\nCompany", "Text"),
        ("See\n-----Original Message-----\nFrom: x", "See"),
        ("> only\n> quotes", "> only > quotes"),
        ("\u200b\u200c\u034fWords\u00ad", "Words"),
        ("", ""),
        ("x" * 300, "x" * 199 + "…"),
        ("word " * 100, ("word " * 40).strip()[:199].rstrip() + "…"),
    ],
)
def test_preview(text: str, expected: str) -> None:
    assert preview(text) == expected
    assert len(preview(text)) <= 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello  WORLD\r\n\tx ", "hello world x"),
        ("GRÜSSE Grüße", "grüsse grüsse"),
        ("ﬁne Ｆｕｌｌ\u00a0width", "fine full width"),
        ("Ἀθῆναι", "ἀθῆναι"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_folding_is_the_same_for_texts_and_queries(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold(fold(text)) == fold(text)
