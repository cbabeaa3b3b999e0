"""Mailbox names on the wire: modified UTF-7 (RFC 3501 §5.1.3).

Inside Postroom a name is text with `/` between its levels and INBOX in upper case. On the wire printable
ASCII stands for itself, `&` is `&-`, everything else is UTF-16 in base64 between `&` and `-`, with `,` for
`/` and without padding.
"""

from __future__ import annotations

import binascii
import re

DELIMITER = "/"

_OUTSIDE = re.compile(r"[^ -~]+|&")
_SHIFTED = re.compile(rb"&([A-Za-z0-9+,]*)-")
_PLAIN = re.compile(rb"[ -%'-~]*+")


def encode(name: str) -> bytes:
    """A name in modified UTF-7."""
    return _OUTSIDE.sub(_shift, name).encode("ascii")


def decode(wire: bytes) -> str:
    """The name that modified UTF-7 stands for; ValueError where it is not."""
    if b"&" not in wire:
        return _plain(wire)
    out, at = [], 0
    for match in _SHIFTED.finditer(wire):
        out += [_plain(wire[at : match.start()]), _unshift(match[1])]
        at = match.end()
    out.append(_plain(wire[at:]))
    return "".join(out)


def _plain(wire: bytes) -> str:
    if not _PLAIN.fullmatch(wire):
        raise ValueError("not modified UTF-7")
    return wire.decode("ascii")


def _shift(match: re.Match[str]) -> str:
    text = match[0]
    if text == "&":
        return "&-"
    coded = binascii.b2a_base64(text.encode("utf-16-be"), newline=False)
    return "&" + coded.rstrip(b"=").replace(b"/", b",").decode() + "-"


def _unshift(coded: bytes) -> str:
    if not coded:
        return "&"
    padded = coded.replace(b",", b"/") + b"=" * (-len(coded) % 4)
    try:
        text = binascii.a2b_base64(padded, strict_mode=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError) as exc:
        raise ValueError("not modified UTF-7") from exc
    if not text:
        raise ValueError("not modified UTF-7")
    return text
