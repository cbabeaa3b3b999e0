"""Messages with parts of binary content as those that any transport and store can carry (RFC 3030 §3)."""

from __future__ import annotations

import base64

from backend.formats.mime import scan
from backend.formats.part import Part
from backend.formats.rewrite import remove_fields

_CTE = frozenset({b"content-transfer-encoding"})
_LINE = 57  # octets that make a line of 76 characters


def encode(raw: bytes) -> bytes:
    """The message with its binary parts in base64, their containers labelled 8bit; every other byte stays."""
    edits: list[tuple[int, int, bytes]] = []
    for part in scan(raw).walk():
        if part.cte != "binary":
            continue
        is_container = bool(part.children) or part.message is not None
        edits.append((part.header_start, part.body_start, _relabelled(raw, part, is_container)))
        if not is_container:
            last = b"\r\n" if part.end == len(raw) > part.body_start else b""
            edits.append((part.body_start, part.end, _base64(raw[part.body_start : part.end]) + last))
    if not edits:
        return raw
    pieces: list[bytes] = []
    at = 0
    for start, end, text in sorted(edits):
        pieces += [raw[at:start], text]
        at = end
    return b"".join([*pieces, raw[at:]])


def _relabelled(raw: bytes, part: Part, is_container: bool) -> bytes:
    label = b"8bit" if is_container else b"base64"
    header = raw[part.header_start : part.body_start]
    return b"Content-Transfer-Encoding: " + label + b"\r\n" + remove_fields(header, _CTE)


def _base64(body: bytes) -> bytes:
    return b"\r\n".join(base64.b64encode(body[at : at + _LINE]) for at in range(0, len(body), _LINE))
