"""Binary parts as base64."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from backend.formats.binary_mime import encode

PICTURE = bytes(range(256))


def test_only_binary_parts_change() -> None:
    raw = (
        b"Subject: x\r\nContent-Transfer-Encoding: binary\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: BINARY\r\n\r\n"
        + PICTURE
        + b"\r\n--b--\r\n"
    )

    found = encode(raw)

    parsed = BytesParser(policy=default).parsebytes(found)
    text, picture = parsed.iter_parts()
    assert parsed["Content-Transfer-Encoding"] == "8bit"
    assert parsed["Subject"] == "x"
    assert text.get_content() == "hi"
    assert picture.get_content() == PICTURE
    assert found.count(b"\r\n") == found.count(b"\n") == found.count(b"\r")


def test_a_message_without_binary_parts_is_the_same_object() -> None:
    raw = b"Subject: x\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xff\r\n"

    assert encode(raw) is raw


@given(st.binary(max_size=2000))
def test_a_binary_body_comes_back(body: bytes) -> None:
    found = encode(b"Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n" + body)

    parsed = BytesParser(policy=default).parsebytes(found)
    assert parsed.get_content() == body


@given(st.binary(max_size=500))
def test_anything_goes_through(raw: bytes) -> None:
    encode(b"Content-Transfer-Encoding: binary\r\n" + raw)
