from __future__ import annotations

import email
import email.policy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import compose, headers, mime
from backend.formats.addresses import Mailbox, parse_address_list
from backend.formats.compose import Attachment, Draft
from backend.formats.errors import InvalidSyntax
from backend.formats.structure import bodies

ANN = Mailbox("Ann Lee", "ann", "example.org")


def draft(**changes: Any) -> Draft:
    fields: dict[str, Any] = {"sender": ANN, "date": 1763835660, "message_id": "m1@example.org"}
    return Draft(**(fields | changes))


def test_plain_message_is_written_whole() -> None:
    raw = compose.compose(
        draft(
            to=(Mailbox("", "bob", "example.test"),),
            cc=(Mailbox("Doe, Carol", "carol", "example.test"),),
            subject="Lunch",
            text="At noon.\nSee you",
            in_reply_to="m0@example.test",
            references=("<r@example.test>", "m0@example.test"),
            offset_minutes=60,
        )
    )

    assert raw == (
        b"Date: Sat, 22 Nov 2025 19:21:00 +0100\r\n"
        b"From: Ann Lee <ann@example.org>\r\n"
        b"To: bob@example.test\r\n"
        b'Cc: "Doe, Carol" <carol@example.test>\r\n'
        b"Subject: Lunch\r\n"
        b"Message-ID: <m1@example.org>\r\n"
        b"In-Reply-To: <m0@example.test>\r\n"
        b"References: <r@example.test> <m0@example.test>\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"\r\n"
        b"At noon.\r\nSee you\r\n"
    )


def test_html_pictures_and_files_are_nested_as_clients_expect() -> None:
    raw = compose.compose(
        draft(
            subject="Grüße",
            html='<p>Schöne <b>Grüße</b> <img src="cid:logo"></p>',
            attachments=(
                Attachment("logo.png", "image/png", b"\x89PNG", "logo"),
                Attachment("Bericht über 2025.pdf", "application/pdf", b"%PDF" * 50),
                Attachment("forwarded.eml", "message/rfc822", b"Subject: in\n\nbody\n"),
            ),
        )
    )
    root = mime.scan(raw)
    found = bodies(root)

    assert [part.content_type for part in root.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
        "message/rfc822",
        "text/plain",
    ]
    assert mime.part_text(raw, found.text[0]) == "Schöne Grüße\n"
    assert mime.part_text(raw, found.html[0]) == '<p>Schöne <b>Grüße</b> <img src="cid:logo"></p>\n'
    assert [(part.filename, part.content_id) for part in found.inline] == [("logo.png", "logo")]
    assert mime.decode_part(raw, found.inline[0]) == b"\x89PNG"
    assert [part.filename for part in found.attachments] == ["Bericht über 2025.pdf", "forwarded.eml"]
    assert mime.decode_part(raw, found.attachments[0]) == b"%PDF" * 50
    assert raw.isascii()


def test_other_parsers_read_it_too() -> None:
    raw = compose.compose(
        draft(
            sender=Mailbox("Jörg, Müller", "joerg", "müller.de"),
            to=tuple(Mailbox(f"Empfänger {number}", f"e{number}", "example.test") for number in range(12)),
            subject="Über alle Maßen lange Betreffzeile, die gefaltet werden muss " * 3,
            text="ä" * 2000,
            attachments=(Attachment("lange Dateinamen müssen auch gehen " * 4 + ".txt", "text/plain", b"x"),),
        )
    )
    parsed = email.message_from_bytes(raw, policy=email.policy.default)

    assert parsed["subject"] == ("Über alle Maßen lange Betreffzeile, die gefaltet werden muss " * 3).strip()
    assert parsed["from"].addresses[0].display_name == "Jörg, Müller"
    assert parsed["from"].addresses[0].addr_spec == "joerg@xn--mller-kva.de"
    assert [box.display_name for box in parsed["to"].addresses] == [f"Empfänger {n}" for n in range(12)]
    assert (
        next(parsed.iter_attachments()).get_filename() == "lange Dateinamen müssen auch gehen " * 4 + ".txt"
    )
    assert parsed.get_body().get_content() == "ä" * 2000 + "\r\n"  # type: ignore[union-attr] # it has one
    assert not parsed.defects


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("plain", b"7bit"),
        ("Grüße an alle, die das hier lesen", b"quoted-printable"),
        ("日本語", b"base64"),
        ("x" * 2000, b"quoted-printable"),
    ],
)
def test_transfer_encoding_fits_the_text(text: str, encoding: bytes) -> None:
    raw = compose.compose(draft(text=text))

    assert b"Content-Transfer-Encoding: " + encoding + b"\r\n" in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert mime.part_text(raw, mime.scan(raw)) == text + "\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "a\r\nBcc: x@example.test"},
        {"subject": "a\nb"},
        {"subject": "a\0b"},
        {"sender": Mailbox("a\r\nX: y", "a", "example.org")},
        {"to": (Mailbox("", "a\r\nb", "example.org"),)},
        {"to": (Mailbox("", "a", "example.org>\r\nBcc: <x@y"),)},
        {"cc": (Mailbox("", "a", "b.test, c@d.test"),)},
        {"message_id": "a b@c"},
        {"message_id": "a>\r\nX: <b"},
        {"in_reply_to": "x\r\ny"},
        {"references": ("a", "b c")},
        {"extra_fields": (("X-Ok: 1\r\nX", "2"),)},
        {"extra_fields": (("X-A", "1\r\n2"),)},
        {"attachments": (Attachment("a\r\nX: y", "text/plain", b""),)},
        {"attachments": (Attachment("a", "image/png", b"", "c\r\nX: y"),), "html": "x"},
    ],
)
def test_line_breaks_in_values_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidSyntax):
        compose.compose(draft(**changes))


def test_odd_content_types_of_uploads_become_plain_bytes() -> None:
    files = tuple(
        Attachment("f", content_type, b"x")
        for content_type in (
            "multipart/mixed",
            "message/partial",
            "no type",
            "a/b\r\nX: y",
            "Text/HTML; charset=x",
        )
    )
    root = mime.scan(compose.compose(draft(attachments=files)))

    assert [part.content_type for part in root.children[1:]] == ["application/octet-stream"] * 4 + [
        "text/html"
    ]


def test_message_that_cannot_go_as_message_goes_as_file() -> None:
    raw = compose.compose(
        draft(attachments=(Attachment("m.eml", "message/rfc822", b"A: b\n\n" + b"x" * 2000),))
    )

    assert mime.scan(raw).children[1].content_type == "application/octet-stream"


_text = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=200)
_line = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=120).map(
    lambda text: " ".join(text.split())
)


@given(
    subject=_line,
    name=_line,
    text=_text,
    html=st.none() | _text,
    files=st.lists(
        st.builds(
            Attachment,
            _line.map(lambda name: name.replace("/", "").replace("\\", "")),
            st.sampled_from(["image/png", "application/pdf", "text/csv"]),
            st.binary(max_size=200),
            st.sampled_from(["", "cid@x"]),
        ),
        max_size=3,
    ),
)
@settings(max_examples=200)
def test_what_is_written_is_read_back(
    subject: str, name: str, text: str, html: str | None, files: list[Attachment]
) -> None:
    raw = compose.compose(
        draft(
            sender=Mailbox(name, "ann", "example.org"),
            subject=subject,
            text=text,
            html=html,
            attachments=tuple(files),
        )
    )
    root = mime.scan(raw)
    found = bodies(root)
    written = [part for part in root.walk() if part.disposition]

    assert headers.decode(headers.first(raw, b"subject") or b"") == subject
    assert parse_address_list(headers.first(raw, b"from") or b"") == [Mailbox(name, "ann", "example.org")]
    assert mime.part_text(raw, found.text[0]).rstrip("\n") == text.removeprefix("\ufeff").rstrip("\n")
    if html is not None:
        assert mime.part_text(raw, found.html[0]).rstrip("\n") == html.removeprefix("\ufeff").rstrip("\n")
    assert sorted(mime.decode_part(raw, part) for part in written) == sorted(file.content for file in files)
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


RAW = b"Received: x\r\nBCC: a@b.test,\r\n c@d.test\r\nSubject: s\r\nBcc: e@f.test\r\n\r\nBcc: body\r\n"


def test_bcc_is_taken_away_and_nothing_else() -> None:
    assert compose.strip_bcc(RAW) == b"Received: x\r\nSubject: s\r\n\r\nBcc: body\r\n"
    assert compose.strip_bcc(b"Subject: s\r\n\r\nx") == b"Subject: s\r\n\r\nx"


def test_fields_are_put_above() -> None:
    assert compose.prepend(RAW, [("X-A", "1"), ("X-B", "ü")]) == b"X-A: 1\r\nX-B: =?utf-8?B?w7w=?=\r\n" + RAW
    with pytest.raises(InvalidSyntax):
        compose.prepend(RAW, [("X-A", "1\r\nX-B: 2")])


def test_date_is_set() -> None:
    raw = compose.set_date(b"Subject: s\r\nDate: old\r\n\r\nx", 0)

    assert raw == b"Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nSubject: s\r\n\r\nx"


def test_date_and_message_id_are_supplied_where_missing() -> None:
    raw = compose.ensure_date_and_message_id(b"Subject: s\r\n\r\nx", "mail.example.org", 0)

    assert headers.first(raw, b"date") == b"Thu, 01 Jan 1970 00:00:00 +0000"
    assert (headers.first(raw, b"message-id") or b"").endswith(b"@mail.example.org>")
    assert raw.endswith(b"Subject: s\r\n\r\nx")
    assert compose.ensure_date_and_message_id(raw, "other", 1) is raw


def test_body_without_header_gets_one() -> None:
    raw = compose.ensure_date_and_message_id(b"just words", "h.example", 0)

    assert raw[mime.scan(raw).body_start :] == b"just words"


def test_message_ids_differ() -> None:
    assert compose.make_message_id("h.example") != compose.make_message_id("h.example")
    assert compose.make_message_id("h.example").endswith("@h.example")
