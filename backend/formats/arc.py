"""The Authenticated Received Chain (RFC 8617): what forwarders say of a message before they changed it.

Each forwarder adds a set of three fields with the next instance number: what it found (AAR), its signature
over the message (AMS), and its seal over all sets so far (AS). `read` collects the sets, `validate` checks
the newest signature and every seal, `seal` adds a set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.formats import dkim, dkim_verification, key_records, signed_fields
from backend.formats.dkim import SigningKey
from backend.formats.dkim_verification import (
    Bad,
    Bodies,
    decoded,
    forms,
    host_name,
    parse_tags,
    require_algorithm,
)
from backend.formats.headers import split
from backend.formats.key_records import Unusable
from backend.formats.lookups import Lookups, TemporaryFailure

MOST_SETS = 50
_AAR, _AMS, _AS = b"arc-authentication-results", b"arc-message-signature", b"arc-seal"
_NAMES = (_AAR, _AMS, _AS)
# In the results the instance comes first; in the others it is a tag like any other.
_INSTANCE = rb"[ \t\r\n]*i[ \t\r\n]*=[ \t\r\n]*([1-9][0-9]?)[ \t\r\n]*"
_FIRST_INSTANCE = re.compile(_INSTANCE + rb";")
_TAG_INSTANCE = re.compile(rb"(?:^|;)" + _INSTANCE + rb"(?:;|$)")


class Result(StrEnum):
    """As RFC 8601 names them for `arc`; TEMPERROR where a key could not be asked for just now."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    TEMPERROR = "temperror"


@dataclass(frozen=True, slots=True)
class ArcSet:
    """The fields of one forwarder, whole."""

    results: bytes
    signature: bytes
    seal: bytes

    @property
    def fields(self) -> tuple[bytes, bytes, bytes]:
        """In the order in which they are sealed."""
        return self.results, self.signature, self.seal


@dataclass(frozen=True, slots=True)
class Chain:
    """The sets by instance, from 1. `is_broken`: there are such fields, and they make no chain."""

    sets: tuple[ArcSet, ...] = ()
    is_broken: bool = False
    highest: int = 0


def read(raw: bytes) -> Chain:
    """The chain of a message (§5.2, steps 1 and 3)."""
    found: dict[int, dict[bytes, bytes]] = {}
    is_broken = False
    for whole, name in signed_fields.of(raw[: split(raw)[0]]):
        if name not in _NAMES:
            continue
        value = whole.partition(b":")[2]
        match = _FIRST_INSTANCE.match(value) if name == _AAR else _TAG_INSTANCE.search(value)
        if match is None:
            is_broken = True
            continue
        fields = found.setdefault(int(match[1]), {})
        is_broken |= name in fields
        fields[name] = whole
    highest = max(found, default=0)
    is_broken |= highest > MOST_SETS or any(len(found.get(at, ())) != 3 for at in range(1, highest + 1))
    if is_broken:
        return Chain((), True, highest)
    return Chain(
        tuple(ArcSet(*(found[at][name] for name in _NAMES)) for at in range(1, highest + 1)), False, highest
    )


_QUOTED = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_DMARC_PASS = re.compile(rb";[ \t\r\n]*dmarc[ \t]*=[ \t]*pass(?![a-z])", re.IGNORECASE)


def voucher(chain: Chain) -> str:
    """The domain that sealed a chain last, where it found that DMARC passed when the message came to it; what
    it says counts for a chain that holds only.
    """
    if not chain.sets:
        return ""
    last = chain.sets[-1]
    if _DMARC_PASS.search(_QUOTED.sub(b"", last.results)) is None:
        return ""
    try:
        return host_name(parse_tags(last.seal).get("d", ""))
    except Bad:
        return ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chain with all that costs time taken from the message: the tags of its newest signature and what that
    is over, None where it cannot hold.
    """

    chain: Chain
    newest: tuple[dict[str, str], bytes] | None = None


def prepare(raw: bytes) -> Prepared:
    """The chain of a message, ready for `check`; a large one may be read in a thread."""
    chain = read(raw)
    if not chain.sets:
        return Prepared(chain)
    try:
        return Prepared(chain, _newest(raw, chain.sets[-1].signature))
    except Bad:
        return Prepared(chain)


async def validate(raw: bytes, lookups: Lookups) -> tuple[Result, Chain]:
    """The chain with whether it holds (§5.2)."""
    prepared = prepare(raw)
    return await check(prepared, lookups), prepared.chain


async def check(prepared: Prepared, lookups: Lookups) -> Result:
    """Whether a chain holds, asking for the keys."""
    sets = prepared.chain.sets
    if prepared.chain.is_broken:
        return Result.FAIL
    if not sets:
        return Result.NONE
    if prepared.newest is None:
        return Result.FAIL
    try:
        await _check(*prepared.newest, lookups)
        for instance in range(len(sets), 0, -1):
            await _check_seal(sets[:instance], lookups)
    except TemporaryFailure:
        return Result.TEMPERROR
    except (Bad, Unusable):
        return Result.FAIL
    return Result.PASS


def _newest(raw: bytes, whole: bytes) -> tuple[dict[str, str], bytes]:
    header_end, body_start = split(raw)
    tags = parse_tags(whole)
    if not tags.keys() >= {"a", "b", "bh", "d", "h", "i", "s"}:
        raise _bad("signature syntax")
    names = [name.strip(" \t\r\n").lower().encode() for name in tags["h"].split(":")]
    if _AS in names:
        raise _bad("a seal is signed")
    header_form, body_form = forms(tags)
    if "l" in tags or decoded(tags["bh"]) != Bodies(raw[body_start:]).hash(body_form):
        raise _bad("body hash does not verify")
    others = [one for one in signed_fields.of(raw[:header_end]) if one[0] != whole]
    hashed = signed_fields.covered(others, names, header_form)
    return tags, hashed + signed_fields.without_value(whole, header_form)


async def _check_seal(sets: Sequence[ArcSet], lookups: Lookups) -> None:
    tags = parse_tags(sets[-1].seal)
    if not tags.keys() >= {"a", "b", "cv", "d", "i", "s"} or "h" in tags:
        raise _bad("seal syntax")
    if tags["cv"].lower() != ("none" if len(sets) == 1 else "pass"):
        raise _bad("the chain was broken before")
    await _check(tags, _sealed(sets), lookups)


async def _check(tags: dict[str, str], hashed: bytes, lookups: Lookups) -> None:
    """Raises `Bad`, `Unusable` or `TemporaryFailure` unless the signature holds."""
    require_algorithm(tags["a"])
    key = await key_records.fetch(lookups, host_name(tags["d"]), host_name(tags["s"]), tags["a"])
    if not key.verifies(hashed, decoded(tags["b"])):
        raise _bad("signature does not verify")


def _bad(reason: str) -> Bad:
    return Bad(dkim_verification.Result.FAIL, reason)


def _sealed(sets: Sequence[ArcSet]) -> bytes:
    """What the newest seal covers: all sets in order, itself last and without its value (§5.1.1)."""
    parts = [signed_fields.field(one, "relaxed") for arc_set in sets[:-1] for one in arc_set.fields]
    parts += [signed_fields.field(one, "relaxed") for one in sets[-1].fields[:2]]
    return b"".join(parts) + signed_fields.without_value(sets[-1].seal, "relaxed")


def seal(
    raw: bytes,
    key: SigningKey,
    *,
    authserv_id: str,
    results: Sequence[str],
    found: Result,
    now: int,
    body_hash: bytes | None = None,
) -> bytes:
    """The set to put before the message: what `validate` found of its chain, and `results` as
    `authentication_results.lines` gives them; `body_hash` (`dkim.body_hash`) where it is known. Nothing for a
    chain that has been declared broken before, that is full, or of which nobody can say just now (§5.1.2).
    """
    chain = read(raw)
    if found is Result.TEMPERROR or chain.highest >= MOST_SETS or _is_given_up(chain):
        return b""
    instance = chain.highest + 1
    aar = b"ARC-Authentication-Results: i=%d; %b;\r\n\t%b\r\n" % (
        instance,
        authserv_id.encode(),
        ";\r\n\t".join(results or ["none"]).encode("utf-8", "replace"),
    )
    ams = _sign(raw, key, instance, now, body_hash)
    cv = {Result.NONE: b"none", Result.PASS: b"pass"}.get(found, b"fail")
    unsealed = b"ARC-Seal: i=%d; a=%b; cv=%b; d=%b; s=%b; t=%d;\r\n\tb=" % (
        instance,
        dkim.algorithm_of(key),
        cv,
        key.domain.encode(),
        key.selector.encode(),
        now,
    )
    new = ArcSet(aar, ams, unsealed + b"\r\n")
    # Of a chain that does not hold the seal covers its own set alone.
    covered = [*chain.sets, new] if cv != b"fail" else [new]
    return unsealed + dkim.value_of(key, _sealed(covered)) + b"\r\n" + ams + aar


def _is_given_up(chain: Chain) -> bool:
    if not chain.sets:
        return False
    try:
        return parse_tags(chain.sets[-1].seal).get("cv", "").lower() == "fail"
    except Bad:
        return False


def _sign(raw: bytes, key: SigningKey, instance: int, now: int, body_hash: bytes | None) -> bytes:
    header_end, body_start = split(raw)
    names, signed = dkim.choose(raw[:header_end], also=(b"dkim-signature",))
    body_hash = body_hash or dkim.body_hash(raw[body_start:])
    field = (
        b"ARC-Message-Signature: i=%d; a=%b; c=relaxed/relaxed; t=%d;\r\n\td=%b; s=%b;\r\n\th=%b;\r\n\tbh=%b;"
        b"\r\n\tb="
        % (
            instance,
            dkim.algorithm_of(key),
            now,
            key.domain.encode(),
            key.selector.encode(),
            dkim.folded(names),
            body_hash,
        )
    )
    data = signed + signed_fields.field(field + b"\r\n", "relaxed")[:-2]
    return field + dkim.value_of(key, data) + b"\r\n"
