"""Encoded words in header fields (RFC 2047), read tolerantly and written within 75 characters.

Reading is linear and never fails: adjacent words of one charset are joined before they are decoded, since
writers cut multi-byte characters in two; a word in an unknown charset goes down the charset ladder; bare
8-bit bytes are taken as UTF-8 where they are UTF-8.
"""

from __future__ import annotations

import binascii
import re

from backend.formats import charsets

# Each piece stops at the next question mark, so a failed try costs no more than what it has read.
_WORD = re.compile(rb"=\?([^?\s]++)\?([bBqQ])\?([^?]*+)\?=")
_FOLD = re.compile(rb"\r?\n(?=[ \t])|[\r\n\0]+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_MAX_WORD = 75


def unfold(value: bytes) -> bytes:
    """The field body on one line, without the white space around it (RFC 5322 §2.2.3)."""
    value = value.strip()
    if b"\n" in value or b"\r" in value or b"\0" in value:
        return _FOLD.sub(b"", value).strip()
    return value


def decode(value: bytes) -> str:
    """Text of an unstructured field body or a phrase: unfolded, encoded words decoded."""
    value = unfold(value)
    if b"=?" not in value:
        return value.decode("ascii") if value.isascii() else charsets.decode(value, guess=False)
    return _decode_words(value)


def _decode_words(value: bytes) -> str:
    out: list[str] = []
    pending: list[bytes] = []  # decoded bytes of adjacent words in one charset
    pending_charset = ""
    position = 0
    for match in _WORD.finditer(value):
        between = value[position : match.start()]
        charset = match[1].partition(b"*")[0].decode("ascii", "replace").lower()
        adjacent = bool(pending) and not between.strip()
        if pending and not (adjacent and charset == pending_charset):
            out.append(_text(b"".join(pending), pending_charset))
            pending = []
        if between and not adjacent:
            out.append(charsets.decode(between, guess=False))
        pending.append(_word_bytes(match[2], match[3]))
        pending_charset = charset
        position = match.end()
    if pending:
        out.append(_text(b"".join(pending), pending_charset))
    if position < len(value):
        out.append(charsets.decode(value[position:], guess=False))
    return "".join(out)


def _text(data: bytes, charset: str) -> str:
    # A word may hide line breaks and NULs; the decoded field is one line again.
    return _CONTROLS.sub(" ", charsets.decode(data, charset, guess=False))


_CONTROLS = re.compile(r"[\r\n\0]+")


def _word_bytes(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"qQ":
        return binascii.a2b_qp(text.replace(b" ", b"_"), header=True)
    clean = _NOT_BASE64.sub(b"", text)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def encode(text: str) -> list[str]:
    """Encoded words (UTF-8, base64) for `text`, each at most 75 characters and whole characters long."""
    room = (_MAX_WORD - len("=?utf-8?B??=")) // 4 * 3
    words: list[str] = []
    chunk = b""
    for character in text:
        data = character.encode("utf-8", "replace")
        if len(chunk) + len(data) > room:
            words.append(_encoded(chunk))
            chunk = b""
        chunk += data
    return [*words, _encoded(chunk)] if chunk else words


def _encoded(chunk: bytes) -> str:
    return f"=?utf-8?B?{binascii.b2a_base64(chunk, newline=False).decode('ascii')}?="
