"""The content of one part: its transfer encoding undone, its text decoded. Never raises.

Broken base64 gives what can be read of it; an unknown encoding gives the bytes as they stand.
"""

from __future__ import annotations

import binascii
import re

from backend.formats import charsets
from backend.formats.part import Part

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_META_CHARSET = re.compile(rb"<meta[^<>]*?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_BYTES = 2048


def decode_part(raw: bytes, part: Part, limit: int | None = None) -> bytes:
    """The part's bytes with base64, quoted-printable or uuencode undone.

    With `limit` only that many bytes as transferred are looked at.
    """
    end = part.end if limit is None else min(part.end, part.body_start + limit)
    return decode(raw[part.body_start : end], part.cte)


def decode(data: bytes, cte: str) -> bytes:
    """Bytes with that transfer encoding, given in lower case, undone."""
    if cte == "base64":
        return _decode_base64(data)
    if cte == "quoted-printable":
        return binascii.a2b_qp(data)
    if cte in ("x-uuencode", "x-uue", "uuencode"):
        return _decode_uuencode(data)
    return data


def _decode_base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = _NOT_BASE64.sub(b"", data.partition(b"=")[0])
        clean = clean[:-1] if len(clean) % 4 == 1 else clean
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _decode_uuencode(data: bytes) -> bytes:
    begin = re.search(rb"^begin [0-7]+ [^\n]*\n", data, re.MULTILINE)
    out: list[bytes] = []
    for line in data[begin.end() if begin else 0 :].splitlines():
        if line.strip() in (b"end", b"`"):
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Old encoders pad lines; the first character tells how many bytes are meant.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                out.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                continue
    return b"".join(out)


def part_text(raw: bytes, part: Part, limit: int | None = None, *, guess: bool = True) -> str:
    """Text of a text part by the charset ladder, lines ended by LF, without byte order mark and NUL."""
    data = decode_part(raw, part, limit)
    charset = part.params.get("charset", "")
    if not charset and part.subtype == "html" and not data.isascii():
        meta = _META_CHARSET.search(data, 0, _META_BYTES)
        charset = meta[1].decode("ascii") if meta else ""
    text = charsets.decode(data, charset, guess=guess)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "")
    return text.removeprefix("\ufeff")
