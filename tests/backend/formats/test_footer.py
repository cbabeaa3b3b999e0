"""Footers in every form of a message, once, and nowhere they do not belong."""

from __future__ import annotations

import base64
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.content import part_text
from backend.formats.footer import Footer, append
from backend.formats.mime import scan

FOOTER = Footer("Example Ltd, Rostock\nIBAN DE00", "<p>Example Ltd, <b>Rostock</b><br>IBAN DE00</p>")
UMLAUT = Footer("Größe: 5 €", "<p>Größe: 5 €</p>")
PRINTED = st.characters(exclude_categories=["Cs", "Cc"])
STARTS = [b"", b"Content-Type: multipart/mixed; boundary=b\r\n", b"\r\n"]
HEAD = b"From: a@example.test\r\nSubject: x\r\n"


def text(body: bytes, fields: bytes = b"") -> bytes:
    return HEAD + fields + b"\r\n" + body


def read(raw: bytes, number: str = "1") -> str:
    part = scan(raw).find(number)
    assert part is not None
    return part_text(raw, part)


def wrapped(kind: str, *parts: bytes) -> bytes:
    out = HEAD + f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="b"\r\n\r\npre\r\n'.encode()
    for part in parts:
        out += b"--b\r\n" + part + b"\r\n"
    return out + b"--b--\r\nepilogue\r\n"


PLAIN = b"Content-Type: text/plain\r\n\r\nHello"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Hello</p></body></html>"
PDF = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0="
ATTACHED = b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnotes"


@pytest.mark.parametrize("body", [b"Hello\r\n", b"Hello", b"Hello\r\n\r\n\r\n"])
def test_plain_text_without_any_mime_field(body: bytes) -> None:
    raw = append(text(body), FOOTER)

    assert raw == text(b"Hello\r\n\r\nExample Ltd, Rostock\r\nIBAN DE00\r\n")


def test_an_empty_body() -> None:
    assert append(text(b""), FOOTER).endswith(b"\r\n\r\nExample Ltd, Rostock\r\nIBAN DE00\r\n")


def test_the_charset_is_kept_where_it_can_say_the_footer() -> None:
    fields = b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n"

    raw = append(text("Grüße\r\n".encode("latin-1"), fields), Footer("Größe", "x"))

    assert raw == text("Grüße\r\n\r\nGröße\r\n".encode("latin-1"), fields)


def test_a_charset_that_cannot_becomes_utf_8() -> None:
    fields = b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n"

    raw = append(text("Grüße\r\n".encode("latin-1"), fields), UMLAUT)

    assert read(raw) == "Grüße\n\nGröße: 5 €\n"
    assert b"charset=utf-8" in raw
    assert raw.isascii()
    assert raw.count(b"Content-Transfer-Encoding") == raw.count(b"Content-Type") == 1


def test_a_footer_with_umlauts_in_plain_seven_bit_mail() -> None:
    raw = append(text(b"Hello\r\n"), UMLAUT)

    assert raw.isascii()
    assert b"MIME-Version: 1.0\r\n" in raw
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert parsed.get_content().split() == ["Hello", "Größe:", "5", "€"]


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_encoded_text(cte: str) -> None:
    original = EmailMessage()
    original["From"] = "a@example.test"
    original.set_content("Grüße – kurz\n", cte=cte)

    raw = append(original.as_bytes(policy=email.policy.SMTP), UMLAUT)

    assert read(raw) == "Grüße – kurz\n\nGröße: 5 €\n"


@pytest.mark.parametrize("delsp", [b"", b"; delsp=yes"])
def test_flowed_text_keeps_its_form_and_the_footer_its_lines(delsp: bytes) -> None:
    fields = b"Content-Type: text/plain; charset=us-ascii; format=flowed" + delsp + b"\r\n"
    footer = Footer("From us \n> quoted\n  two\n-- ", "x")

    raw = append(text(b"A soft \r\nbreak at the end \r\n", fields), footer)

    assert raw == text(
        b"A soft \r\nbreak at the end\r\n\r\n From us\r\n > quoted\r\n   two\r\n-- \r\n", fields
    )


def test_flowed_text_that_is_encoded_anew_stays_flowed() -> None:
    fields = b"Content-Type: text/plain; format=flowed; delsp=yes\r\n"

    raw = append(text(b"A soft \r\nbreak\r\n", fields), UMLAUT)

    root = scan(raw)
    assert (root.params["format"], root.params["delsp"], root.charset) == ("flowed", "yes", "utf-8")
    assert read(raw) == "A soft \nbreak\n\nGröße: 5 €\n"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (b"<p>Hi</p></body></html>", b"<p>Hi</p>\r\n%b\r\n</body></html>"),
        (b"<p>Hi</p></BODY >\r\n</HTML>\r\n", b"<p>Hi</p>\r\n%b\r\n</BODY >\r\n</HTML>\r\n"),
        (b"<p>Hi</p></html>", b"<p>Hi</p>\r\n%b\r\n</html>"),
        (b"<p>Hi</p>", b"<p>Hi</p>\r\n%b\r\n"),
        (b"<pre></body></pre><p>Hi</p></body>", b"<pre></body></pre><p>Hi</p>\r\n%b\r\n</body>"),
    ],
)
def test_html_gets_it_at_the_end_of_its_body(html: bytes, wanted: bytes) -> None:
    fields = b"Content-Type: text/html\r\n"

    assert append(text(html, fields), FOOTER) == text(wanted % FOOTER.html.encode(), fields)


def test_html_never_changes_its_charset() -> None:
    fields = b"Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n"

    raw = append(text("<p>Grüße</p>".encode("latin-1"), fields), UMLAUT)

    assert raw == text("<p>Grüße</p>\r\n<p>Gr&#246;&#223;e: 5 &#8364;</p>\r\n".encode("latin-1"), fields)


def test_both_of_an_alternative_and_everything_else_as_it_was() -> None:
    inner = wrapped("alternative", PLAIN, HTML).partition(b"MIME-Version: 1.0\r\n")[2]
    inner = inner.replace(b'"b"', b'"c"').replace(b"--b", b"--c")
    message = wrapped("mixed", inner, PDF, ATTACHED)

    raw = append(message, FOOTER)

    assert read(raw, "1.1") == "Hello\n\nExample Ltd, Rostock\nIBAN DE00\n"
    assert FOOTER.html in read(raw, "1.2")
    assert PDF in raw
    assert ATTACHED in raw
    assert len(scan(raw).children) == 3
    assert raw.endswith(b"--b--\r\nepilogue\r\n")
    assert append(raw, FOOTER) is raw


def test_the_root_of_a_related_is_what_is_seen() -> None:
    image = b"Content-Type: image/png\r\nContent-ID: <i>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO"
    root = HTML.replace(b"\r\n\r\n", b"\r\nContent-ID: <root>\r\n\r\n", 1)
    message = wrapped("related", image, root).replace(b"related;", b'related; start="<root>";')

    raw = append(message, FOOTER)

    assert image in raw
    assert FOOTER.html in read(raw, "2")


@pytest.mark.parametrize(
    "message",
    [
        wrapped("signed; micalg=pgp-sha256", PLAIN, b"Content-Type: application/pgp-signature\r\n\r\nx"),
        wrapped("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1", PDF),
        wrapped("mixed", b'Content-Type: multipart/signed; boundary="c"\r\n\r\n--c\r\n\r\nx\r\n--c--', PDF),
        wrapped("report; report-type=disposition-notification", PLAIN),
        text(b"MIAGCSqGSIb3", b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"),
        text(b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nHi\r\n"),
        b"DKIM-Signature: v=1; d=example.test\r\n" + text(b"Hello\r\n"),
        text(b"x", b"Content-Type: text/calendar\r\n"),
        text(b"\xff\xfeH\0i\0", b"Content-Type: text/plain; charset=utf-16\r\n"),
        text(b"\xff\xff\r\n", b"Content-Type: text/plain; charset=utf-8\r\n"),
        text(b"Hi", b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-own\r\n"),
        wrapped("mixed", PDF),
        wrapped("mixed", ATTACHED),
        HEAD,
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b",
    ],
    ids=[
        "signed", "encrypted", "signed inside", "report", "s/mime", "inline pgp", "dkim", "calendar",
        "utf-16", "broken utf-8", "unknown encoding", "only a file", "only an attached text", "no body",
        "no part",
    ],
)  # fmt: skip
def test_what_stays_untouched(message: bytes) -> None:
    assert append(message, FOOTER) is message


@pytest.mark.parametrize(
    "body",
    [
        b"Yes.\r\n\r\n> Hello\r\n>\r\n> Example Ltd, Rostock\r\n> IBAN DE00\r\n",
        b"Yes.\r\n>> Example Ltd,\r\n>> Rostock IBAN\r\n>> DE00\r\n",
    ],
)
def test_a_reply_that_quotes_it_gets_no_second_one(body: bytes) -> None:
    message = text(body)

    assert append(message, FOOTER) is message


def test_a_reply_in_html_that_quotes_it_gets_no_second_one() -> None:
    first = append(text(b"<p>Hi</p>", b"Content-Type: text/html\r\n"), FOOTER)
    quoted = b"<p>Yes</p><blockquote>" + first.partition(b"\r\n\r\n")[2] + b"</blockquote>"
    reply = text(quoted, b"Content-Type: text/html\r\n")

    assert append(reply, FOOTER) is reply


def test_a_section_that_ends_in_half_an_empty_line_is_mended() -> None:
    raw = append(HEAD + b"\n\r\nbody\r\n", UMLAUT)

    assert read(raw) == "body\n\nGröße: 5 €\n"
    assert append(raw, UMLAUT) is raw


def test_long_lines_of_the_footer_are_encoded() -> None:
    raw = append(text(b"<p>Hi</p>", b"Content-Type: text/html\r\n"), Footer("x" * 2000, "y" * 2000))

    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert "y" * 2000 in read(raw)


@given(
    st.text(max_size=200), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)
)
def test_any_text_keeps_its_words_and_gets_the_footer_once(body: str, footer: str) -> None:
    message = EmailMessage()
    message.set_content(body.replace("\r", "").replace("\0", ""))
    raw = message.as_bytes(policy=email.policy.SMTP)
    made = Footer(f"!{footer}!", "<p>x</p>")

    after = append(raw, made)

    assert append(after, made) is after
    if after is not raw:
        assert read(after).startswith(read(raw).rstrip("\n"))
        assert f"!{footer}!".split() == read(after).split()[-len(f"!{footer}!".split()) :]


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"Content-Type: multipart/mixed; boundary=b\r\n", b"\r\n"])
)
def test_any_bytes_are_borne(data: bytes, start: bytes) -> None:
    after = append(start + data, FOOTER)

    assert len(after) >= len(data)


@given(st.binary(max_size=200))
def test_attachments_beside_it_never_change(data: bytes) -> None:
    encoded = base64.encodebytes(data).replace(b"\n", b"\r\n")
    file = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded

    raw = append(wrapped("mixed", PLAIN, file), FOOTER)

    assert file in raw


BOUNDARY_LIKE = Footer("--b\nOf ours", "<p>x</p>")
LINES = [
    b"--b\r\n",
    b"--b--\r\n",
    b"--bb\r\n",
    b"\r\n",
    b"hello\r\n",
    b"Content-Type: text/plain\r\n\r\n",
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n',
    b'Content-Type: multipart/alternative; boundary="bb"\r\n\r\n',
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_a_footer_that_reads_like_a_boundary_stands_once_or_not_at_all(lines: list[bytes]) -> None:
    raw = b"MIME-Version: 1.0\r\n" + b"".join(lines)

    after = append(raw, BOUNDARY_LIKE)

    assert append(after, BOUNDARY_LIKE) == after


def test_boundaries_within_each_other_that_the_footer_would_tear_apart_stay() -> None:
    start = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    raw = start * 3
    assert append(raw, BOUNDARY_LIKE) is raw
    assert append(raw, FOOTER) != raw


@pytest.mark.parametrize("name", [b"x" * 41, b"x" * 500, b"\x8d" * 70, b"a b", b"caf\xc3\xa9"])
def test_a_parameter_whose_name_is_none_leaves_the_message_as_it_is(name: bytes) -> None:
    # One of 60 characters once kept the writer cutting its value into pieces of no length for ever.
    raw = text(
        b"eA==\r\n", b"Content-Transfer-Encoding: base64\r\nContent-Type: text/plain; " + name + b"=x\r\n"
    )

    after = append(raw, FOOTER)

    assert after is raw or name not in after
