"""Signed tokens of mailing lists: whoever was sent one may do the one thing it is for.

A token is 44 letters and digits whose case does not matter: what for, two numbers, and a keyed digest over
them and the domain. It travels as a localpart (`lists+TOKEN`) or in a link. Those that end do so with their
row; the one that takes a member off a list holds for as long as there is the member (RFC 8058: old mail can
be answered). The caller holds the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from enum import IntEnum

PREFIX = "lists+"

_BODY = struct.Struct(">BQQ")
_MAC_BYTES = 10
_TOKEN = re.compile(r"[a-z2-7]{44}")


class Purpose(IntEnum):
    """What a token is good for, and what its numbers are."""

    UNSUBSCRIBE = 1
    """(list id, member id)"""
    CONFIRM = 2
    """(list id, request id)"""
    MODERATE = 3
    """(list id, post id)"""


@dataclass(frozen=True, slots=True)
class ListToken:
    """What a token says."""

    purpose: Purpose
    list_id: int
    number: int


def sign(key: bytes, token: ListToken, domain: str) -> str:
    """The text of a token, good for that domain only."""
    body = _BODY.pack(token.purpose, token.list_id, token.number)
    return base64.b32encode(body + _mac(key, body, domain)).decode("ascii").rstrip("=").lower()


def verify(key: bytes, text: str, domain: str) -> ListToken | None:
    """The token of a text of ours, None for any other."""
    text = text.lower()
    if _TOKEN.fullmatch(text) is None:
        return None
    try:
        raw = base64.b32decode(text.upper() + "====")
    except binascii.Error:
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(mac, _mac(key, body, domain)):
        return None
    purpose, list_id, number = _BODY.unpack(body)
    return ListToken(Purpose(purpose), list_id, number)


def localpart(text: str) -> str:
    """The localpart that carries a token."""
    return PREFIX + text


def token_of(localpart: str) -> str | None:
    """The token of a localpart of that shape, whoever made it."""
    folded = localpart.lower()
    text = folded.removeprefix(PREFIX)
    return text if folded != text and _TOKEN.fullmatch(text) is not None else None


def _mac(key: bytes, body: bytes, domain: str) -> bytes:
    return hmac.digest(key, body + domain.lower().encode("utf-8"), hashlib.sha256)[:_MAC_BYTES]
