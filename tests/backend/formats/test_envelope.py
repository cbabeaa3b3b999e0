"""ENVELOPE, BODY and BODYSTRUCTURE against what RFC 9051 §7.5.2 says, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.formats.envelope import body, bodystructure, envelope, section
from backend.formats.imap_strings import nstring, string
from backend.formats.mime import scan

Message = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", '"abc"'),
        ("", '""'),
        ('a "b" \\c', '"a \\"b\\" \\\\c"'),
        ("a\r\nb", "{4}\r\na\r\nb"),
        ("gr\xfc", "{3}\r\ngr\xfc"),
        ('n\0u"l', '"nu\\"l"'),
        ("\0\xff", "{1}\r\n\xff"),
    ],
)
def test_strings(text: str, expected: str) -> None:
    assert string(text) == expected
    assert nstring(text) == expected
    assert nstring(None) == "NIL"


def test_envelope_of_the_example_in_the_rfc() -> None:
    raw = (
        b"Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
        b"From: Terry Gray <gray@cac.washington.edu>\r\n"
        b"Subject: IMAP4rev2 WG mtg summary and minutes\r\n"
        b"To: imap@cac.washington.edu\r\n"
        b"Cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
        b"Message-Id: <B27397-0100000@cac.washington.edu>\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n" + b"x\r\n" * 92
    )
    root = scan(raw)

    assert envelope(raw, root) == (
        b'("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes"'
        b' (("Terry Gray" NIL "gray" "cac.washington.edu"))'
        b' (("Terry Gray" NIL "gray" "cac.washington.edu"))'
        b' (("Terry Gray" NIL "gray" "cac.washington.edu"))'
        b' ((NIL NIL "imap" "cac.washington.edu"))'
        b' ((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU"))'
        b' NIL NIL "<B27397-0100000@cac.washington.edu>")'
    )
    assert body(root) == b'("text" "plain" ("charset" "US-ASCII") NIL NIL "7bit" 276 92)'


def test_envelope_keeps_encoded_words_and_writes_groups(message: Message) -> None:
    raw = message("alternative_related_mixed")

    assert envelope(raw, scan(raw)) == (
        b'("Mon, 1 Dec 2025 08:00:00 -0500" "=?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?IGFuIGFsbGU=?="'
        + b' (("=?utf-8?Q?J=C3=B6rg_M=C3=BCller?=" NIL "joerg" "example.org"))' * 3
        + b' ((NIL NIL "list" NIL)(NIL NIL "a" "example.test")("B" NIL "b" "example.test")(NIL NIL NIL NIL))'
        b' NIL NIL NIL "<mixed@example.org>")'
    )


def test_envelope_of_8_bit_fields_uses_literals(message: Message) -> None:
    raw = message("broken_8bit_headers")

    assert envelope(raw, scan(raw)) == (
        b'("gestern" {13}\r\ncaf\xe9  \x96 na\xefve'
        + b' (({4}\r\nJ\xf6rg NIL {4}\r\nj\xf6rg "example.org"))' * 3
        + b' (({1}\r\n\xe4 NIL "x" "example.test")) NIL NIL NIL "no brackets@example.org")'
    )


def test_envelope_of_nothing() -> None:
    assert envelope(b"", scan(b"")) == b"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"


def test_envelope_sender_and_reply_to_are_their_own_where_given() -> None:
    raw = b'From: a@b.c\nSender: s@b.c\nReply-To: (nobody)\nSubject:\nTo: alone, ""@x\n\n'

    assert envelope(raw, scan(raw)) == (
        b'(NIL "" ((NIL NIL "a" "b.c")) ((NIL NIL "s" "b.c")) ((NIL NIL "a" "b.c"))'
        b' ((NIL NIL "alone" "")(NIL NIL "" "x")) NIL NIL NIL NIL)'
    )


def test_bodystructure_with_extension_data(message: Message) -> None:
    root = scan(message("alternative_related_mixed"))

    assert bodystructure(root) == (
        b'((("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 27 0 NIL NIL NIL NIL)'
        b'(("text" "html" ("charset" "utf-8") NIL NIL "7bit" 87 0 NIL NIL NIL NIL)'
        b'("image" "png" ("name" "logo.png") "<logo@example.org>" NIL "base64" 12 NIL'
        b' ("inline" ("filename" "logo.png")) NIL NIL)'
        b' "related" ("boundary" "inner-2" "type" "text/html") NIL NIL NIL)'
        b' "alternative" ("boundary" "inner") NIL NIL NIL)'
        b'("application" "pdf" NIL NIL NIL "base64" 12 NIL'
        b' ("attachment" ("filename*" "utf-8\'\'Bericht%20%C3%BCber.pdf")) NIL NIL)'
        b' "mixed" ("boundary" "outer") NIL NIL NIL)'
    )
    assert body(root) == (
        b'((("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 27 0)'
        b'(("text" "html" ("charset" "utf-8") NIL NIL "7bit" 87 0)'
        b'("image" "png" ("name" "logo.png") "<logo@example.org>" NIL "base64" 12) "related") "alternative")'
        b'("application" "pdf" NIL NIL NIL "base64" 12) "mixed")'
    )


def test_bodystructure_of_an_embedded_message(message: Message) -> None:
    root = scan(message("forwarded"))

    assert bodystructure(root.children[1]) == (
        b'("message" "rfc822" NIL NIL NIL "7bit" 298'
        b' ("Mon, 1 Dec 2025 10:00:00 +0000" "Inner"'
        + b' (("Eve" NIL "eve" "example.org"))'
        * 3
        + b' ((NIL NIL "carol" "example.test")) NIL NIL NIL "<inner@example.org>")'
        b' (("text" "plain" NIL NIL NIL "7bit" 10 0 NIL NIL NIL NIL)'
        b'("text" "html" NIL NIL NIL "7bit" 17 0 NIL NIL NIL NIL)'
        b' "alternative" ("boundary" "b2") NIL NIL NIL) 16 NIL ("attachment" NIL) NIL NIL)'
    )


def test_bodystructure_of_described_parts() -> None:
    raw = (
        b'Content-Type: text/plain\nContent-Description: a "b"\nContent-MD5: Q2hlY2s=\n'
        b"Content-Language: en, de\nContent-Location: http://x.test/\nContent-ID: cid@x\n\nx\n"
    )

    assert bodystructure(scan(raw)) == (
        b'("text" "plain" NIL "<cid@x>" "a \\"b\\"" "7bit" 2 1 "Q2hlY2s=" NIL ("en" "de") "http://x.test/")'
    )


def test_sections_of_the_example_in_the_rfc(message: Message) -> None:
    raw = message("forwarded")
    root = scan(raw)

    def text(spec: str) -> bytes | None:
        found = section(raw, root, spec)
        return raw[slice(*found)] if isinstance(found, tuple) else found

    assert text("") == raw
    assert text("TEXT") == raw[root.body_start :]
    assert text("HEADER") == raw[: root.body_start]
    assert text("1") == b"See below."
    assert text("1.MIME") == b"Content-Type: text/plain\r\n\r\n"
    assert text("1.HEADER") is None
    assert text("2.HEADER.FIELDS (SUBJECT)") == b"Subject: Inner\r\n\r\n"
    assert text('header.fields.not (From To "Subject" Date Message-ID)') == (
        b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n"
    )
    assert (text("2") or b"").startswith(b"From: Eve")
    assert (text("2.TEXT") or b"").startswith(b"--b2\r\n")
    assert text("2.2") == b"<p>inner text</p>"
    assert text("2.1.MIME") == b"Content-Type: text/plain\r\n\r\n"
    assert text("3.TEXT") == b"just a body"
    assert text("3.1") == b"just a body"
    assert text("3.HEADER") == b"Subject: Plain inner\r\n\r\n"


@pytest.mark.parametrize(
    "spec", ["4", "1.1", "2.3", "0", "MIME", "x", "1.FOO", "1.", "HEADER.FIELDS", "1.TEXT", "9.HEADER"]
)
def test_sections_that_are_none(message: Message, spec: str) -> None:
    raw = message("forwarded")

    assert section(raw, scan(raw), spec) is None
