from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import headers
from backend.formats.encoded_words import encode

HEAD = (
    b"From joe Sat Nov 22\r\n"
    b"Received: one\r\n\ttwo\r\n"
    b"Subject: hello\r\n"
    b"garbage line\r\n"
    b"SUBJECT : again\r\n"
    b"To:x@example.test\r\n"
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"A: b\r\n\r\nbody", (6, 8)),
        (b"A: b\n\nbody", (5, 6)),
        (b"A: b\n\r\nbody", (5, 7)),
        (b"\r\nbody", (0, 2)),
        (b"\nbody", (0, 1)),
        (b"A: b\r\n", (6, 6)),
        (b"no header at all", (0, 0)),
        (b"", (0, 0)),
        (b"A: b\n\nx\r\n\r\ny", (5, 6)),
    ],
)
def test_section_is_split_at_its_first_empty_line(raw: bytes, expected: tuple[int, int]) -> None:
    assert headers.split(raw) == expected


def test_fields_are_found_with_their_folding_and_without_garbage() -> None:
    assert [(name, body) for _, name, body in headers.fields(HEAD)] == [
        (b"Received", b" one\r\n\ttwo\r"),
        (b"Subject", b" hello\r"),
        (b"SUBJECT", b" again\r"),
        (b"To", b"x@example.test\r"),
    ]
    assert headers.index(HEAD)[b"subject"] == [b" hello\r", b" again\r"]
    assert headers.first(HEAD + b"\r\n", b"received") == b"one\ttwo"
    assert [HEAD[start:end] for name, start, end in headers.spans(HEAD) if name == b"To"] == [
        b"To:x@example.test\r\n"
    ]


def test_select_keeps_bytes_and_order() -> None:
    wanted = frozenset({b"to", b"subject"})

    assert headers.select(HEAD, wanted) == (b"Subject: hello\r\nSUBJECT : again\r\nTo:x@example.test\r\n\r\n")
    assert headers.select(HEAD, wanted, negate=True) == b"Received: one\r\n\ttwo\r\n\r\n"
    assert headers.select(HEAD, frozenset({b"cc"})) == b"\r\n"
    assert headers.select(b"To: x", frozenset({b"to"})) == b"To: x\r\n\r\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b" plain text\r", "plain text"),
        (b"folded\r\n text", "folded text"),
        (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?b?R3LDvMOfZQ==?= an alle", "Grüße an alle"),
        (b"=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?Q?a?=\r\n =?iso-8859-1?Q?=E9?=", "aé"),
        (b"=?utf-8?Q?a_b?= c =?utf-8?Q?d?=", "a b c d"),
        (b"=?utf-8*de?Q?x?=", "x"),
        (b"=?x-unknown?Q?=FCber?=", "über"),
        (b"=?cp-850?Q?=81ber?=", "über"),
        (b"=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?utf-8?B?R3LD*vMOfZQ=?=", "Grüße"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?utf-8?Q?a=0D=0Ab?=", "a b"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        (b"=?utf-8?Q?unterminated", "=?utf-8?Q?unterminated"),
        (b"a\0b", "ab"),
    ],
)
def test_field_body_is_decoded(value: bytes, expected: str) -> None:
    assert headers.decode(value) == expected


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=300))
@settings(max_examples=200)
def test_encoded_words_are_read_back(text: str) -> None:
    words = encode(text)

    assert all(len(word) <= 75 for word in words)
    assert headers.decode(" ".join(words).encode()) == text


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_readers_of_field_bodies_never_raise(value: bytes) -> None:
    assert "\n" not in headers.decode(value)
    headers.parse_params(value)
    headers.parse_date(value)
    headers.message_ids(value)
    headers.base_subject(headers.decode(value))
    headers.index(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"Sat, 22 Nov 2025 19:21:00 +0100", 1763835660),
        (b" 22 Nov 2025 18:21 GMT\r", 1763835660),
        (b"Sat, 22 Nov 2025 13:21:00 -0500 (EST)", 1763835660),
        (b"22 Nov 25 13:21 EST", 1763835660),
        (b"Sat Nov 22 18:21:00 2025", 1763835660),
        (b"Thu, 1 Jan 1970 00:00:00 +0000", 0),
        (b"Tue, 29 Feb 2024 00:00:00 +0000", 1709164800),
        (b"Wed, 30 Feb 2024 00:00:00 +0000", None),
        (b"1 Foo 2024 00:00:00 +0000", None),
        (b"22 Nov 2025 99:21:00 +0000", None),
        (b"yesterday", None),
        (b"", None),
    ],
)
def test_date_is_read(value: bytes, expected: int | None) -> None:
    assert headers.parse_date(value) == expected


def test_date_is_written() -> None:
    assert headers.format_date(1763835660) == "Sat, 22 Nov 2025 18:21:00 +0000"
    assert headers.format_date(1763835660, 60) == "Sat, 22 Nov 2025 19:21:00 +0100"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"<a@b>", ["a@b"]),
        (b"<a@b>\r\n <c@d><e@f>", ["a@b", "c@d", "e@f"]),
        (b"a@b c", ["a@b"]),
        (b"Your message of Monday <x@y>", ["x@y"]),
        (b"<broken\r\n id@x>", ["brokenid@x"]),
        (b"none", []),
    ],
)
def test_message_ids_are_read(value: bytes, expected: list[str]) -> None:
    assert headers.message_ids(value) == expected


def test_of_many_message_ids_the_root_and_the_last_are_kept() -> None:
    found = headers.message_ids(b" ".join(b"<%d@x>" % number for number in range(500)))

    assert len(found) == 100
    assert (found[0], found[1], found[-1]) == ("0@x", "401@x", "499@x")


@pytest.mark.parametrize(
    ("value", "main", "params"),
    [
        (b"text/plain", "text/plain", {}),
        (b" Text/PLAIN; Charset=UTF-8\r", "text/plain", {"charset": "UTF-8"}),
        (
            b'text/plain; charset="utf-8"; format=flowed',
            "text/plain",
            {"charset": "utf-8", "format": "flowed"},
        ),
        (b"text/plain; charset=us-ascii (Plain text)", "text/plain", {"charset": "us-ascii"}),
        (b'a/b; x="a;\\"b\\\\"', "a/b", {"x": 'a;"b\\'}),
        (b"a/b; name=my file.pdf", "a/b", {"name": "my file.pdf"}),
        (b"a/b;;; x=1;", "a/b", {"x": "1"}),
        (b'a/b; x="unterminated', "a/b", {"x": "unterminated"}),
        (b"a/b; x=1; x=2", "a/b", {"x": "1"}),
        (b"a/b; x*=utf-8'de'%C3%BCber", "a/b", {"x": "über"}),
        (b"a/b; x=plain; x*=utf-8''%C3%BCber", "a/b", {"x": "über"}),
        (b"a/b; x*1=b; x*0=a; x*3=lost", "a/b", {"x": "ab"}),
        (b"a/b; x*0*=iso-8859-1''%FC; x*1=%41; x*2*=%42", "a/b", {"x": "ü%41B"}),
        ('a/b; name="über"'.encode(), "a/b", {"name": "über"}),
        (b"", "", {}),
    ],
)
def test_parameters_are_read(value: bytes, main: str, params: dict[str, str]) -> None:
    assert headers.parse_params(value) == (main, params)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Lunch", ("Lunch", False)),
        ("Re: Lunch", ("Lunch", True)),
        ("RE: Fwd:  FW:\tLunch (fwd)", ("Lunch", True)),
        ("[list] Re: [list] Lunch", ("Lunch", True)),
        ("Re[2]: Lunch", ("Lunch", True)),
        ("[Fwd: Lunch]", ("Lunch", True)),
        ("[fwd: re: Lunch]", ("Lunch", True)),
        ("[blob]", ("[blob]", False)),
        ("[a] [b]", ("[b]", False)),
        ("Regarding lunch", ("Regarding lunch", False)),
        ("AW: Lunch", ("AW: Lunch", False)),
        ("", ("", False)),
    ],
)
def test_base_subject(subject: str, expected: tuple[str, bool]) -> None:
    assert headers.base_subject(subject) == expected


def test_base_subject_knows_other_languages_on_request() -> None:
    assert headers.base_subject("AW: Sv: Lunch", localized=True) == ("Lunch", True)


@pytest.mark.parametrize(
    "piece", [b"=?", b"=?utf-8?Q?a?= ", b";a=", b';"', b"<", b"(", b"\\", b"a*0=", b"[x]", b"re:"]
)
def test_hostile_field_bodies_take_linear_time(piece: bytes, within) -> None:
    value = piece * (250_000 // len(piece))

    within(headers.decode, value)
    within(headers.parse_params, value)
    within(headers.message_ids, value)
    within(headers.parse_date, value)
    within(headers.base_subject, value.decode())


def test_a_header_line_of_a_megabyte_and_20000_fields_take_linear_time(within) -> None:
    within(headers.index, b"Subject: " + b"x" * 1_000_000)
    within(headers.index, b"x" * 1_000_000)
    within(headers.index, b"X-A: b\r\n" * 20_000)
    within(headers.index, b"X-A: b\r\n" + b" c\r\n" * 200_000)
    within(headers.split, b"a" * 5_000_000)
