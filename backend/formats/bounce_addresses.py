"""Signed tags that a delivery report brings back: which message, or which member of a list, it is about.

A tag travels as a localpart (`bounces+TOKEN`, VERP) or as an envelope identifier (RFC 3461 §4.4). The token
is 47 letters and digits whose case does not matter: kind, day of issue, two numbers, and a keyed digest over
these and the domain they were issued for. Nobody who has not been sent a token can make one, and it ends
`VALID_DAYS` after its day. The caller holds the key.
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

VALID_DAYS = 30
PREFIX = "bounces+"

_DAY_S = 86_400
_BODY = struct.Struct(">BHQQ")
_MAC_BYTES = 10
_LOCALPART = re.compile(r"bounces\+([a-z2-7]{47})")
_TOKEN = re.compile(r"[a-z2-7]{47}")


class Kind(IntEnum):
    """What the numbers of a tag mean."""

    MESSAGE = 1
    """A message in the spool and one of its recipients: (message id, recipient id)."""
    LIST = 2
    """A mailing list and one of its members: (list id, member id)."""


_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Tag:
    """What a token says; `day` is the day of issue, counted from 1970."""

    kind: Kind
    first: int
    second: int
    day: int

    @classmethod
    def issued(cls, kind: Kind, first: int, second: int, *, at: int) -> Tag:
        """A tag of the day of `at` (Unix seconds). Repeats of the same matter take the same moment: a
        return path that changes with every attempt never gets past greylisting.
        """
        return cls(kind, first, second, at // _DAY_S)


def sign(key: bytes, tag: Tag, domain: str) -> str:
    """The token of a tag, good for that domain only."""
    body = _BODY.pack(tag.kind, tag.day, tag.first, tag.second)
    return base64.b32encode(body + _mac(key, body, domain)).decode("ascii").rstrip("=").lower()


def verify(key: bytes, token: str, domain: str, *, now: int) -> Tag | None:
    """The tag of a token of ours, None for a forged, foreign or old one."""
    token = token.lower()
    if _TOKEN.fullmatch(token) is None:
        return None
    try:
        raw = base64.b32decode(token.upper() + "=")
    except binascii.Error:
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(mac, _mac(key, body, domain)):
        return None
    kind, day, first, second = _BODY.unpack(body)
    # A clock that was put right may lie a day before that of the issue.
    if not -1 <= now // _DAY_S - day <= VALID_DAYS or kind not in _KINDS:
        return None
    return Tag(Kind(kind), first, second, day)


def localpart(token: str) -> str:
    """The localpart that carries a token."""
    return PREFIX + token


def token_of(localpart: str) -> str | None:
    """The token of a localpart of that shape, whoever made it."""
    match = _LOCALPART.fullmatch(localpart.lower())
    return match[1] if match is not None else None


def _mac(key: bytes, body: bytes, domain: str) -> bytes:
    return hmac.digest(key, body + domain.lower().encode("utf-8"), hashlib.sha256)[:_MAC_BYTES]
