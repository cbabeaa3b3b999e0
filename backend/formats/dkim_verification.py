"""Whether DKIM signatures hold (RFC 6376 §6, RFC 8301, RFC 8463).

`read` takes all that costs time from the message, so that a large one can be read in a thread; `check` asks
for the keys. A signature that covers less than the whole body is not counted: anything may stand behind it;
nor is one that covers one of several fields of which a message has one, such as Subject (§8.15): readers may
be shown another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.formats import key_records, signed_fields, tag_list
from backend.formats.errors import InvalidSyntax
from backend.formats.headers import split
from backend.formats.key_records import Unusable
from backend.formats.lookups import Lookups, TemporaryFailure

MOST_SIGNATURES = 8
MOST_NAMES = 300
# How far ahead of ours the clock of the signer may be.
CLOCK_S = 3600
_FORMS = {"simple", "relaxed"}
# RFC 5322 §3.6, and what says how the body is read.
_SINGLE = frozenset(
    b"from sender reply-to to cc subject date message-id in-reply-to references mime-version content-type"
    b" content-transfer-encoding".split()
)
_REQUIRED = {"v", "a", "b", "bh", "d", "h", "s"}


class Result(StrEnum):
    """As RFC 8601 §2.7.1 names them."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    POLICY = "policy"
    NEUTRAL = "neutral"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was read. `hashed` is what was signed, None where the outcome is clear without a key;
    `result` and `reason` are that outcome, or what a good signature comes to.
    """

    domain: str = ""
    selector: str = ""
    algorithm: str = ""
    identity: str = ""
    value: bytes = b""
    hashed: bytes | None = None
    result: Result = Result.NEUTRAL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature with its outcome; `reason` is empty for one that holds."""

    result: Result
    domain: str = ""
    selector: str = ""
    algorithm: str = ""
    value: str = ""
    reason: str = ""


class Bad(Exception):
    """A signature that cannot hold, and why."""

    def __init__(self, result: Result, reason: str) -> None:
        super().__init__(reason)
        self.result = result
        self.reason = reason


def read(raw: bytes, *, now: int) -> list[Signature]:
    """The signatures of a message, the topmost first, at most `MOST_SIGNATURES`; `now` in Unix seconds."""
    header_end, body_start = split(raw)
    all_fields = signed_fields.of(raw[:header_end])
    own = [whole for whole, name in all_fields if name == b"dkim-signature"][:MOST_SIGNATURES]
    bodies = Bodies(raw[body_start:])
    return [_read(whole, all_fields, bodies, now) for whole in own]


async def verify(raw: bytes, lookups: Lookups, *, now: int) -> list[Verified]:
    """`read` and `check` in one."""
    return [await check(signature, lookups) for signature in read(raw, now=now)]


async def check(signature: Signature, lookups: Lookups) -> Verified:
    """The outcome, asking for the key where that still matters."""
    if signature.hashed is None:
        return _verified(signature, signature.result, signature.reason)
    try:
        key = await key_records.fetch(lookups, signature.domain, signature.selector, signature.algorithm)
    except TemporaryFailure:
        return _verified(signature, Result.TEMPERROR, "key unavailable")
    except Unusable as unusable:
        return _verified(signature, Result.PERMERROR, str(unusable))
    if key.is_strict and signature.identity != signature.domain:
        return _verified(signature, Result.PERMERROR, "key not for subdomains")
    if not key.verifies(signature.hashed, signature.value):
        return _verified(signature, Result.FAIL, "signature does not verify")
    return _verified(signature, signature.result, signature.reason)


def _verified(signature: Signature, result: Result, reason: str) -> Verified:
    value = base64.b64encode(signature.value).decode()[:8]
    return Verified(result, signature.domain, signature.selector, signature.algorithm, value, reason)


class Bodies:
    """Hashes of a body, each form made once."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._forms: dict[str, bytes] = {}
        self._hashes: dict[tuple[str, int | None], bytes] = {}

    def form(self, form: str) -> bytes:
        """The canonical body."""
        if form not in self._forms:
            self._forms[form] = signed_fields.body(self._raw, form)
        return self._forms[form]

    def hash(self, form: str, length: int | None = None) -> bytes:
        """SHA-256 of the canonical body, or of its first bytes."""
        if (form, length) not in self._hashes:
            self._hashes[form, length] = hashlib.sha256(self.form(form)[:length]).digest()
        return self._hashes[form, length]


def _read(whole: bytes, all_fields: signed_fields.Fields, bodies: Bodies, now: int) -> Signature:
    known = Signature(result=Result.NEUTRAL)
    try:
        tags = parse_tags(whole)
        known = Signature(
            domain=host_name(tags.get("d", "")),
            selector=host_name(tags.get("s", "")),
            algorithm=tags.get("a", "")[:30],
            value=decoded(tags.get("b", "")),
        )
        _require_sound(tags, known.domain, now)
        header_form, body_form = forms(tags)
        result, reason = _check_body(tags, bodies, body_form)
        names = signed_names(tags)
        if result is Result.PASS:
            result, reason = _check_single(all_fields, names)
    except Bad as bad:
        return Signature(
            known.domain, known.selector, known.algorithm, "", known.value, None, bad.result, bad.reason
        )
    hashed = signed_fields.covered(
        [one for one in all_fields if one[0] is not whole], names, header_form
    ) + signed_fields.without_value(whole, header_form)
    identity = tags.get("i", "@" + known.domain).rpartition("@")[2].lower()
    return Signature(
        known.domain, known.selector, known.algorithm, identity, known.value, hashed, result, reason
    )


def parse_tags(whole: bytes) -> dict[str, str]:
    """The tags of a signature's field. Raises `Bad`."""
    try:
        return tag_list.parse(whole.partition(b":")[2].decode("ascii"))
    except (InvalidSyntax, UnicodeDecodeError) as error:
        raise Bad(Result.NEUTRAL, "signature syntax") from error


def _require_sound(tags: dict[str, str], domain: str, now: int) -> None:
    if not tags.keys() >= _REQUIRED or tags["v"] != "1":
        raise Bad(Result.NEUTRAL, "signature syntax")
    require_algorithm(tags["a"])
    if "dns/txt" not in tags.get("q", "dns/txt").lower().replace(" ", "").split(":"):
        raise Bad(Result.NEUTRAL, "query method")
    identity = tags.get("i", "@" + domain).rpartition("@")[2].lower()
    if identity != domain and not identity.endswith("." + domain):
        raise Bad(Result.NEUTRAL, "identity of another domain")
    made, ends = number(tags, "t"), number(tags, "x")
    if ends is not None and (ends < now or (made is not None and ends < made)):
        raise Bad(Result.FAIL, "signature expired")
    if made is not None and made > now + CLOCK_S:
        raise Bad(Result.FAIL, "signature from the future")


def require_algorithm(algorithm: str) -> None:
    """Refuse what nobody may rely on (RFC 8301 §3.1: SHA-1) and what is not known."""
    if algorithm not in key_records.ALGORITHMS:
        raise Bad(Result.PERMERROR, "algorithm rsa-sha1" if algorithm == "rsa-sha1" else "algorithm")


def _check_body(tags: dict[str, str], bodies: Bodies, form: str) -> tuple[Result, str]:
    """What the body says, before the header is looked at. Raises `Bad` where its hash is another one."""
    length = number(tags, "l")
    if length is not None and length > len(bodies.form(form)):
        raise Bad(Result.NEUTRAL, "body shorter than signed")
    if decoded(tags["bh"]) != bodies.hash(form, length):
        raise Bad(Result.FAIL, "body hash does not verify")
    if length is not None and length < len(bodies.form(form)):
        return Result.POLICY, "covers a part of the body only"
    return Result.PASS, ""


def _check_single(all_fields: signed_fields.Fields, names: Sequence[bytes]) -> tuple[Result, str]:
    """Whether a field that should be alone and is signed is there once more unsigned."""
    found = Counter(name for _, name in all_fields if name in _SINGLE)
    for name in _SINGLE.intersection(names):
        if found[name] > max(1, names.count(name)):
            return Result.POLICY, f"a second {name.decode().title()} is not signed"
    return Result.PASS, ""


def signed_names(tags: dict[str, str]) -> list[bytes]:
    """The names of `h=`. Raises `Bad` where From is not among them."""
    names = [name.strip(" \t\r\n").lower().encode() for name in tags["h"].split(":")]
    if b"from" not in names or len(names) > MOST_NAMES:
        raise Bad(Result.NEUTRAL, "From is not signed")
    return names


def forms(tags: dict[str, str]) -> tuple[str, str]:
    """Canonical forms of header and body. Raises `Bad`."""
    header, _, body = tag_list.packed(tags.get("c", "simple/simple")).partition("/")
    body = body or "simple"
    if header not in _FORMS or body not in _FORMS:
        raise Bad(Result.NEUTRAL, "canonical form")
    return header, body


def number(tags: dict[str, str], name: str) -> int | None:
    """The number of a tag. Raises `Bad`."""
    text = tags.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise Bad(Result.NEUTRAL, f"tag {name}")
    return int(text)


def decoded(text: str) -> bytes:
    """The bytes of a base64 value. Raises `Bad`."""
    try:
        found = base64.b64decode(tag_list.packed(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Bad(Result.NEUTRAL, "base64") from error
    if not found:
        raise Bad(Result.NEUTRAL, "signature syntax")
    return found


def host_name(text: str) -> str:
    """A domain or selector, fit for a question and for a field of ours. Raises `Bad`."""
    name = text.lower().rstrip(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_is_label(label) for label in labels):
        raise Bad(Result.NEUTRAL, "domain or selector")
    return name


def _is_label(label: str) -> bool:
    return 0 < len(label) <= 63 and all(
        character.isascii() and (character.isalnum() or character in "-_") for character in label
    )
