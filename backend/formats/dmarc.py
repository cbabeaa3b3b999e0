"""DMARC (RFC 7489): does what SPF and DKIM vouch for belong to the domain in From, and what does that domain
want done otherwise?

The organisational domain is found by walking up the names and asking each for a record, as the revision of
the standard does it (DMARCbis, tree walk), so no list of public suffixes has to be kept up to date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from backend.formats import tag_list
from backend.formats.errors import InvalidSyntax
from backend.formats.lookups import Lookups, TemporaryFailure

MOST_STEPS = 8
MOST_URIS = 10
NONE, QUARANTINE, REJECT = "none", "quarantine", "reject"
_POLICIES = {NONE, QUARANTINE, REJECT}
_LOWER = {REJECT: QUARANTINE, QUARANTINE: NONE, NONE: NONE}


class Result(StrEnum):
    """As RFC 7489 §11.2 names them."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


@dataclass(frozen=True, slots=True)
class Record:
    """A published record. `name` is the domain that has it; `psd` is `y` for a public suffix, `n` for an
    organisational domain by its own word, else `u`. `is_test`: less than what the policy says is asked for,
    by `percent` too where that is below 100. `reports_to` are the URIs of `rua`.
    """

    name: str
    policy: str
    subdomain_policy: str
    is_strict_dkim: bool
    is_strict_spf: bool
    psd: str
    is_test: bool = False
    percent: int = 100
    reports_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What a verdict rests on: the record that holds, and which of the two vouch for the domain."""

    record: Record
    is_dkim_aligned: bool
    is_spf_aligned: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for a message; `policy` is what the domain publishes, empty where it has none. `asked` is
    what is to be done with this message, empty unless it fails. `basis` is there where it was evaluated.
    """

    result: Result
    policy: str = ""
    asked: str = ""
    basis: Basis | None = field(default=None, compare=False)


async def evaluate(
    lookups: Lookups, domain: str, *, spf_domain: str | None, dkim_domains: Sequence[str]
) -> Verdict:
    """The verdict on a message whose From is of `domain`. `spf_domain` is the domain that SPF has passed for,
    `dkim_domains` are those of signatures that hold. Never raises.
    """
    if not domain:
        return Verdict(Result.PERMERROR)
    try:
        walked = await _walk(lookups, domain)
        record = _applicable(walked, domain)
        if record is None:
            return Verdict(Result.NONE)
        policy = record.policy if record.name == domain else record.subdomain_policy
        own = _organisational(walked, domain)
        by_dkim = domain in dkim_domains or (
            not record.is_strict_dkim and await _any_shares(lookups, dkim_domains, domain, own)
        )
        by_spf = spf_domain == domain
        if spf_domain is not None and not by_spf and not record.is_strict_spf:
            try:
                by_spf = await _any_shares(lookups, [spf_domain], domain, own)
            except TemporaryFailure:
                if not by_dkim:
                    raise
        basis = Basis(record, by_dkim, by_spf)
        if by_dkim or by_spf:
            return Verdict(Result.PASS, policy, basis=basis)
        return Verdict(Result.FAIL, policy, _LOWER[policy] if record.is_test else policy, basis)
    except TemporaryFailure:
        return Verdict(Result.TEMPERROR)


async def published(lookups: Lookups, name: str) -> Record | None:
    """The record of a name itself. Raises `TemporaryFailure`."""
    return await _record(lookups, name)


async def organisation(lookups: Lookups, domain: str) -> str:
    """The organisational domain of a name. Raises `TemporaryFailure`."""
    return _organisational(await _walk(lookups, domain), domain)


def is_consent(text: bytes) -> bool:
    """Whether a TXT text says that reports about another domain may come (RFC 7489 §7.1)."""
    return _tags(text) is not None


async def _any_shares(lookups: Lookups, candidates: Sequence[str], domain: str, own: str) -> bool:
    """Whether one of the candidates has the organisational domain `own`, which is that of `domain`."""
    for candidate in candidates:
        if _may_share(candidate, domain, own) and await organisation(lookups, candidate) == own:
            return True
    return False


def _may_share(candidate: str, domain: str, own: str) -> bool:
    """Whether asking is worth it: what shares an organisational domain lies within it."""
    return candidate == own or candidate.endswith("." + own)


async def _walk(lookups: Lookups, domain: str) -> list[Record]:
    """The records on the way from a domain up to its top, the longest name first."""
    found: list[Record] = []
    for name in steps(domain):
        record = await _record(lookups, name)
        if record is not None:
            found.append(record)
            if record.psd != "u":
                break
    return found


def steps(domain: str) -> list[str]:
    """The names to ask, the domain itself first: of a very long one the middle is left out."""
    labels = domain.split(".")
    names = [domain]
    first = len(labels) - (MOST_STEPS - 1) if len(labels) > MOST_STEPS else 1
    return names + [".".join(labels[at:]) for at in range(first, len(labels))]


def _applicable(walked: Sequence[Record], domain: str) -> Record | None:
    """The record whose policy holds: the domain's own, else that of the organisational domain, else of the
    public suffix above it.
    """
    if not walked or walked[0].name == domain:
        return walked[0] if walked else None
    own = _organisational(walked, domain)
    return next((record for record in walked if record.name == own), walked[-1])


def _organisational(walked: Sequence[Record], domain: str) -> str:
    """The organisational domain of a name by the records above it."""
    if not walked:
        return domain
    last = walked[-1]
    if last.psd == "y" and last.name != domain:
        # One label below the public suffix.
        return ".".join(domain.split(".")[-(last.name.count(".") + 2) :])
    return last.name


async def _record(lookups: Lookups, name: str) -> Record | None:
    found = [record for text in await lookups.txt(f"_dmarc.{name}") if (record := parse(name, text))]
    return found[0] if len(found) == 1 else None


def parse(name: str, text: bytes) -> Record | None:
    """The record of a TXT text, None for any other text."""
    tags = _tags(text)
    if tags is None:
        return None
    policy = tags.get("p", "").lower()
    if policy not in _POLICIES:
        # RFC 7489 §6.6.3: one who asks for reports is taken to ask for nothing else.
        if "mailto:" not in tags.get("rua", "").lower():
            return None
        policy = "none"
    below = tags.get("sp", "").lower()
    psd = tags.get("psd", "u").lower()
    return Record(
        name,
        policy,
        below if below in _POLICIES else policy,
        tags.get("adkim", "r").lower() == "s",
        tags.get("aspf", "r").lower() == "s",
        psd if psd in {"y", "n"} else "u",
        # A policy that holds for a part of the messages only: for which is nobody's to guess.
        tags.get("t", "").lower() == "y" or _percent(tags) < 100,
        _percent(tags),
        tuple(uri.strip() for uri in tags.get("rua", "").split(",") if uri.strip())[:MOST_URIS],
    )


def _tags(text: bytes) -> Mapping[str, str] | None:
    """The tags of a TXT text that is a record of DMARC."""
    try:
        tags = tag_list.parse(text.decode("utf-8", "replace"))
    except InvalidSyntax:
        return None
    return tags if next(iter(tags), "") == "v" and tags["v"] == "DMARC1" else None


def _percent(tags: Mapping[str, str]) -> int:
    part = tags.get("pct", "100")
    return min(int(part[:9]), 100) if part.isascii() and part.isdigit() else 100
