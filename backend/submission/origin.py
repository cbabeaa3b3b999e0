"""Where a message comes from, in facts that can be put in words: what our checks found, and its path.

Only what we wrote ourselves is believed. Our findings stand in the prefix that local delivery puts before a
message; nobody who appends, imports or sends a message can write there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.formats import authentication_results, headers, list_unsubscribe, received
from backend.formats.authentication_results import Outcome
from backend.formats.dkim import signing_domain
from backend.formats.list_unsubscribe import Ways
from backend.formats.received import Hop


class Standing(StrEnum):
    """What is known of who a message claims to be from."""

    VERIFIED = "verified"  # DMARC passes: the domain of From vouches for it
    SIGNED = "signed"  # somebody signed it or let it be sent, but From's domain does not say who may
    UNPROVEN = "unproven"  # nothing vouches for it
    FAILED = "failed"  # From's domain says that this is not from it
    UNCHECKED = "unchecked"  # it did not come from another host, or was not looked at


@dataclass(frozen=True, slots=True)
class Origin:
    """`aligned_by` tells what made a message verified: `dkim`, `spf`, or both; `signers` are the domains
    whose signatures hold. `hops` begin with the first one.
    """

    standing: Standing
    from_domain: str
    aligned_by: tuple[str, ...]
    signers: tuple[str, ...]
    checks: tuple[Outcome, ...]
    return_path: str
    list_id: str
    hops: tuple[Hop, ...]


def read(prefix: bytes, raw: bytes) -> Origin:
    """The origin of a message; `raw` begins with `prefix`."""
    checks = found_checks(prefix)
    domain = signing_domain(raw[len(prefix) :])
    signers = tuple(dict.fromkeys(_of(one, "header.d") for one in _passed(checks, "dkim")))
    aligned = []
    if any(_is_aligned(signer, domain) for signer in signers):
        aligned.append("dkim")
    if any(_is_aligned(_domain(one), domain) for one in _passed(checks, "spf")):
        aligned.append("spf")
    return Origin(
        standing=_standing(checks, domain),
        from_domain=domain,
        aligned_by=tuple(aligned),
        signers=signers,
        checks=checks,
        return_path=(headers.first(prefix, b"return-path") or b"").decode("utf-8", "replace").strip("<> "),
        list_id=(headers.first(raw, b"list-id") or b"").decode("utf-8", "replace")[:300],
        hops=tuple(received.hops(raw)),
    )


def found_checks(prefix: bytes) -> tuple[Outcome, ...]:
    """What our checks found, by the prefix that delivery wrote."""
    value = headers.first(prefix, b"authentication-results")
    return tuple(authentication_results.parse(value.decode("utf-8", "replace"))) if value else ()


def unsubscribe_ways(prefix: bytes, raw: bytes) -> Ways | None:
    """How to leave the list of a message. One click only where a signature that holds covers both fields
    (RFC 8058 §4); of two signatures that look alike both must hold.
    """
    found = list_unsubscribe.ways(raw[len(prefix) :])
    if found is None or not found.post:
        return found
    marks: dict[tuple[str, str, str], bool] = {}
    for one in found_checks(prefix):
        if one.method == "dkim":
            mark = (_of(one, "header.d"), _of(one, "header.s"), _of(one, "header.b"))
            marks[mark] = marks.get(mark, True) and one.result == "pass"
    is_covered = any(
        holds and mark[2] and list_unsubscribe.covered_by(raw, *mark) for mark, holds in marks.items()
    )
    return found if is_covered else Ways("", found.letter, found.web)


def _standing(checks: tuple[Outcome, ...], domain: str) -> Standing:
    if not checks:
        return Standing.UNCHECKED
    verdict = next((one for one in checks if one.method == "dmarc"), None)
    if verdict is not None and verdict.result == "pass" and _of(verdict, "header.from") == domain:
        return Standing.VERIFIED
    if verdict is not None and verdict.result == "fail":
        return Standing.FAILED
    is_vouched = bool(_passed(checks, "dkim") or _passed(checks, "spf"))
    return Standing.SIGNED if is_vouched else Standing.UNPROVEN


def _passed(checks: tuple[Outcome, ...], method: str) -> list[Outcome]:
    return [one for one in checks if one.method == method and one.result == "pass"]


def _of(outcome: Outcome, name: str) -> str:
    return (
        outcome.properties.get(name, "").lower() if name != "header.b" else outcome.properties.get(name, "")
    )


def _domain(outcome: Outcome) -> str:
    identity = outcome.properties.get("smtp.mailfrom") or outcome.properties.get("smtp.helo") or ""
    return identity.rpartition("@")[2].lower()


def _is_aligned(one: str, other: str) -> bool:
    """Whether one domain is the other's, or below it: what a reader takes for the same sender."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
