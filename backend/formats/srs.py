"""The Sender Rewriting Scheme: return paths of our own for mail that is forwarded.

`SRS0=hash=day=domain=localpart@forwarder` says whose message it was; a second forwarder does not nest it but
points at the first one: `SRS1=hash=first==hash=day=domain=localpart@second`. The hash keeps others from
making such addresses, so that nobody relays through us, and the day lets them expire. Letters are compared
without case, since some servers on the way change it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax

VALID_DAYS = 21
DAY_S = 86_400
_DAYS = 1024  # two characters of base32
_HASH_CHARS = 8
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LONGEST = 320
_FIRST = re.compile(r"SRS0([=+-].+)", re.IGNORECASE | re.DOTALL)
_SECOND = re.compile(r"SRS1[=+-][^=]+=([^=]+)=([=+-].+)", re.IGNORECASE | re.DOTALL)
_OURS_FIRST = re.compile(r"SRS0=([^=]+)=([A-Z2-7]{2})=([^=]+)=(.+)", re.IGNORECASE | re.DOTALL)
_OURS_SECOND = re.compile(r"SRS1=([^=]+)=([^=]+)=([=+-].+)", re.IGNORECASE | re.DOTALL)
_MARK = re.compile(r"SRS[01]=", re.IGNORECASE)


def is_rewritten(localpart: str) -> bool:
    """Whether a localpart has the shape of what `rewrite` makes, be it valid or not."""
    return _MARK.match(localpart) is not None


def rewrite(sender: Address, domain: str, secret: bytes, *, now: int) -> Address:
    """The return path in `domain` by which `restore` finds the sender; `now` in Unix seconds.

    Raises `InvalidSyntax` where it would be longer than any server takes.
    """
    first, second = _FIRST.fullmatch(sender.localpart), _SECOND.fullmatch(sender.localpart)
    if first is not None:
        localpart = _second(sender.domain, first[1], secret)
    elif second is not None:
        localpart = _second(second[1].lower(), second[2], secret)
    else:
        day = _day_text(now // DAY_S)
        tag = _hash(secret, day, sender.domain, sender.localpart)
        localpart = f"SRS0={tag}={day}={sender.domain}={sender.localpart}"
    made = Address(localpart, domain)
    if len(str(made)) > _LONGEST:
        raise InvalidSyntax("Address too long")
    return made


def _second(first_domain: str, rest: str, secret: bytes) -> str:
    return f"SRS1={_hash(secret, first_domain, rest)}={first_domain}={rest}"


def restore(address: Address, secrets: Iterable[bytes], *, now: int) -> Address:
    """The address a rewritten one stands for; one of the secrets made it, the newest is tried first.

    Raises `InvalidSyntax` for one that was never made by us, was changed, or has expired.
    """
    localpart = address.localpart
    if found := _OURS_FIRST.fullmatch(localpart):
        tag, day, domain, original = found.groups()
        # The domain never has a capital; of the day and the localpart the hash takes none.
        if not _is_ours(tag, secrets, day, domain, original) or _age(day, now) > VALID_DAYS:
            raise InvalidSyntax("Not a return path of ours")
        return Address(original, domain.lower())
    if found := _OURS_SECOND.fullmatch(localpart):
        tag, domain, rest = found.groups()
        if not _is_ours(tag, secrets, domain, rest):
            raise InvalidSyntax("Not a return path of ours")
        return Address(f"SRS0{rest}", domain.lower())
    raise InvalidSyntax("Not a rewritten return path")


def _is_ours(tag: str, secrets: Iterable[bytes], *parts: str) -> bool:
    given = tag.upper().encode("utf-8", "replace")
    return any(hmac.compare_digest(given, _hash(secret, *parts).encode()) for secret in secrets)


def _hash(secret: bytes, *parts: str) -> str:
    text = "=".join(parts).lower().encode("utf-8", "surrogateescape")
    return base64.b32encode(hmac.digest(secret, text, hashlib.sha256)).decode()[:_HASH_CHARS]


def _day_text(day: int) -> str:
    day %= _DAYS
    return _ALPHABET[day >> 5] + _ALPHABET[day & 31]


def _age(text: str, now: int) -> int:
    """Days since the one that is written; the numbers begin anew every 1,024 days."""
    high, low = (_ALPHABET.index(character) for character in text.upper())
    return (now // DAY_S - (high << 5 | low)) % _DAYS
