"""MIME parts of messages we write (RFC 2045, RFC 2046): CRLF, lines of at most 998 bytes, 7-bit if possible.

A part is its header fields and its body in one piece of bytes, ready to stand between boundaries.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence

from backend.formats import line_ends
from backend.formats.header_writer import parameter, raw_field
from backend.formats.headers import split

_LONGEST_LINE = 998
_MAX_RETURNED_HEADER = 64 * 1024
_LONG_LINE = re.compile(rb"[^\n]{998}")
_CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}")
_CONTENT_TYPE = re.compile(r"([a-z0-9!#$&^_.+-]{1,64})/([a-z0-9!#$&^_.+-]{1,64})")


def text_part(text: str, subtype: str, *, params: str = "") -> bytes:
    """A text part in UTF-8: 7bit where it is, else quoted-printable or base64, whichever is shorter."""
    data = line_ends.mended(text.encode("utf-8", "replace").replace(b"\0", b""))
    if data and not data.endswith(b"\n"):
        data += b"\r\n"
    kind = raw_field("Content-Type", f"text/{subtype}; charset=utf-8{params}")
    cte, body = transfer_encoded(data)
    return kind + f"Content-Transfer-Encoding: {cte}\r\n\r\n".encode() + body


def calendar_part(method: str, content: bytes) -> bytes:
    """A calendar object that asks or answers something (RFC 6047 §2.4)."""
    kind = raw_field("Content-Type", f"text/calendar; charset=utf-8; method={method}")
    cte, body = transfer_encoded(content)
    return kind + f"Content-Transfer-Encoding: {cte}\r\n\r\n".encode() + body


def transfer_encoded(data: bytes) -> tuple[str, bytes]:
    """Text as any transport takes it, and the name of the encoding: as it is, or in what is shorter."""
    if data.isascii() and _LONG_LINE.search(data) is None:
        return "7bit", data
    eight_bit = len(data) - len(data.translate(None, _EIGHT_BIT))
    if eight_bit * 6 < len(data):
        return "quoted-printable", _quoted_printable(data)
    return "base64", base64_lines(data)


_EIGHT_BIT = bytes(range(128, 256))


def _quoted_printable(data: bytes) -> bytes:
    encoded = binascii.b2a_qp(data, istext=True)
    return encoded if encoded.endswith(b"\n") else encoded + b"\r\n"


def base64_lines(data: bytes) -> bytes:
    """Base64 in lines of 76."""
    encoded = binascii.b2a_base64(data, newline=False)
    lines = [encoded[start : start + 76] for start in range(0, len(encoded), 76)]
    return b"\r\n".join(lines) + b"\r\n" if lines else b""


def file_part(
    content: bytes, content_type: str, *, name: str = "", content_id: str = "", charset: str = ""
) -> bytes:
    """A file: attached, or inline when it has a content id. Messages stay readable as messages; a text keeps
    its `charset` if that is the name of one.
    """
    content_type = _checked_type(content_type)
    if content_type.startswith("text/") and _CHARSET.fullmatch(charset):
        content_type += parameter("charset", charset)
    if content_type == "message/rfc822":
        if (body := _message_body(content)) is not None:
            return _file_fields(content_type, name, content_id) + body
        content_type = "application/octet-stream"
    fields = _file_fields(content_type, name, content_id)
    return fields + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(content)


def _message_body(content: bytes) -> bytes | None:
    """The rest of a message/rfc822 part: RFC 2046 §5.2.1 allows no encoding; None if it would need one."""
    content = line_ends.mended(content)
    if b"\0" in content or _LONG_LINE.search(content):
        return None
    encoding = b"7bit" if content.isascii() else b"8bit"
    return b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + content


def returned_part(message: bytes, *, is_full: bool) -> bytes:
    """The message a report is about, or its header alone (RFC 6522 §4)."""
    if is_full and (body := _message_body(message)) is not None:
        return b"Content-Type: message/rfc822\r\n" + body
    header = message[: min(split(message)[0], _MAX_RETURNED_HEADER)]
    lines = [line[:_LONGEST_LINE] for line in header.replace(b"\0", b"").splitlines()]
    head = b"".join(line + b"\r\n" for line in lines)
    kind = b"text/rfc822-headers" if head.isascii() else b"text/rfc822-headers; charset=utf-8"
    encoding = b"7bit" if head.isascii() else b"8bit"
    return b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + head


def _checked_type(content_type: str) -> str:
    content_type = content_type.partition(";")[0].strip().lower()
    match = _CONTENT_TYPE.fullmatch(content_type)
    if match is None or match[1] == "multipart" or (match[1] == "message" and match[2] != "rfc822"):
        return "application/octet-stream"
    return content_type


def _file_fields(content_type: str, name: str, content_id: str) -> bytes:
    disposition = "inline" if content_id else "attachment"
    fields = raw_field("Content-Type", content_type + (parameter("name", name) if name else ""))
    fields += raw_field("Content-Disposition", disposition + (parameter("filename", name) if name else ""))
    if content_id:
        fields += raw_field("Content-ID", f"<{content_id.strip('<>')}>")
    return fields


def multipart(subtype: str, parts: Sequence[bytes], boundary: str, *, params: str = "") -> bytes:
    """A multipart of ready parts; `boundary` must be in none of them."""
    fields = raw_field("Content-Type", f'multipart/{subtype}{params}; boundary="{boundary}"')
    if any(not part.isascii() for part in parts):
        fields += b"Content-Transfer-Encoding: 8bit\r\n"
    line = b"--" + boundary.encode("ascii")
    out = [fields]
    for part in parts:
        out += (b"\r\n", line, b"\r\n", part)
    out += (b"\r\n", line, b"--\r\n")
    return b"".join(out)
