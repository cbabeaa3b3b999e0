from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats import charsets

RUSSIAN = "Привет, как дела? Мы увидимся завтра на работе и поговорим о новом проекте."


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("cp-850", "cp850"),
        ('"iso-8859-1"', "cp1252"),
        ("ISO_8859-15", "iso8859-15"),
        ("windows-1251", "cp1251"),
        ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("us-ascii", "ascii"),
        ("unknown-8bit", None),
        ("punycode", None),
        ("idna", None),
        ("base64", None),
        ("unicode_escape", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_charset_names_of_mail_are_known_and_codecs_that_are_none_are_not(
    name: str, codec: str | None
) -> None:
    assert charsets.codec_of(name) == codec


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode(), "", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Gr\ufffd\ufffde"),
        ("Grüße".encode("latin-1"), "x-unknown", "Grüße"),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),
        ("über".encode("cp850"), "cp-850", "über"),
        (b"\x1b$B$3$s\x1b(B", "iso-2022-jp", "こん"),
        (b"plain", "utf-16-nonsense", "plain"),
        ("hi".encode("utf-16"), "utf-16", "hi"),
        (RUSSIAN.encode("koi8-r"), "", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "x-unknown", RUSSIAN),
    ],
)
def test_ladder(data: bytes, charset: str, expected: str) -> None:
    assert charsets.decode(data, charset) == expected


@given(st.binary(max_size=100), st.sampled_from([*charsets._NAMES, "nonsense", "idna", "\0", "é"]))
@settings(max_examples=300)
def test_decoding_never_raises(data: bytes, charset: str) -> None:
    charsets.decode(data, charset).encode("utf-8")


def test_half_characters_of_utf_7_do_not_come_through() -> None:
    assert charsets.decode(b"a+2AA-b", "utf-7") == "a\ufffdb"
    assert charsets.decode(b"+AOQ-", "utf-7") == "ä"


def test_guessing_is_bounded(within) -> None:
    within(charsets.decode, bytes(range(128, 256)) * 50_000)
