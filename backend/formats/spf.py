"""Sender Policy Framework (RFC 7208): may a host send mail in the name of a domain?

`check` is check_host() with the limits of §4.6.4: ten terms that ask DNS, two of them without an answer.
`exp` is read and not followed: its text would be of use only in a refusal, and a stranger writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from backend.formats import spf_macros, spf_record
from backend.formats.errors import InvalidSyntax
from backend.formats.lookups import Lookups, TemporaryFailure
from backend.formats.spf_record import Mechanism, Record

MOST_TERMS = 10
MOST_VOID = 2
MOST_NAMES = 10


class Result(StrEnum):
    """As RFC 7208 §2.6 names them."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


_QUALIFIERS = {"+": Result.PASS, "-": Result.FAIL, "~": Result.SOFTFAIL, "?": Result.NEUTRAL}

Ip = IPv4Address | IPv6Address


class _Permanent(Exception):
    """The policy cannot be applied as it is published."""


@dataclass(slots=True)
class _Evaluation:
    """One check with all its includes: who asks, and what has been spent."""

    lookups: Lookups
    ip: Ip
    sender: str
    helo: str
    terms: int = 0
    void: int = 0
    names: list[str] | None = field(default=None)


async def check(lookups: Lookups, address: str, domain: str, *, sender: str, helo: str) -> Result:
    """Whether the host at `address` may send for `domain` (A-labels). `sender` is the whole address of MAIL
    FROM, or `postmaster@` the HELO name. Never raises.
    """
    try:
        ip = _plain(ip_address(address.partition("%")[0]))
    except ValueError:
        return Result.NONE
    if not sender.partition("@")[0]:
        sender = f"postmaster@{sender.partition('@')[2] or domain}"
    evaluation = _Evaluation(lookups, ip, sender, helo)
    try:
        return await _check_host(evaluation, domain)
    except TemporaryFailure:
        return Result.TEMPERROR
    except _Permanent:
        return Result.PERMERROR


def _plain(ip: Ip) -> Ip:
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


async def _check_host(evaluation: _Evaluation, domain: str) -> Result:
    domain = domain.rstrip(".").lower()
    if not _is_name(domain) or "." not in domain or domain.startswith("["):
        return Result.NONE
    record = await _record(evaluation, domain)
    if record is None:
        return Result.NONE
    for mechanism in record.mechanisms:
        if await _matches(evaluation, mechanism, domain):
            return _QUALIFIERS[mechanism.qualifier]
    if record.redirect and not any(one.kind == "all" for one in record.mechanisms):
        _spend_term(evaluation)
        target = await _expanded(evaluation, record.redirect, domain)
        result = await _check_host(evaluation, target)
        if result is Result.NONE:
            raise _Permanent
        return result
    return Result.NEUTRAL


async def _record(evaluation: _Evaluation, domain: str) -> Record | None:
    texts = [text for text in await evaluation.lookups.txt(domain) if spf_record.is_record(text)]
    if not texts:
        return None
    if len(texts) > 1:
        raise _Permanent
    try:
        return spf_record.parse(texts[0])
    except InvalidSyntax as error:
        raise _Permanent from error


def _spend_term(evaluation: _Evaluation) -> None:
    evaluation.terms += 1
    if evaluation.terms > MOST_TERMS:
        raise _Permanent


def _spend_void(evaluation: _Evaluation, found: list[str]) -> list[str]:
    if not found:
        evaluation.void += 1
        if evaluation.void > MOST_VOID:
            raise _Permanent
    return found


async def _matches(evaluation: _Evaluation, mechanism: Mechanism, domain: str) -> bool:
    if mechanism.kind == "all":
        return True
    if mechanism.network is not None:
        return evaluation.ip.version == mechanism.network.version and evaluation.ip in mechanism.network
    _spend_term(evaluation)
    target = await _expanded(evaluation, mechanism.name, domain) if mechanism.name else domain
    if mechanism.kind == "include":
        return await _included(evaluation, target)
    if not _is_name(target):
        return False
    if mechanism.kind == "a":
        return _is_in(evaluation.ip, mechanism, await _addresses(evaluation, target))
    if mechanism.kind == "mx":
        return await _matches_mx(evaluation, mechanism, target)
    if mechanism.kind == "exists":
        return bool(_spend_void(evaluation, await evaluation.lookups.addresses(target, ipv6=False)))
    return any(name == target or name.endswith("." + target) for name in await _validated(evaluation))


async def _included(evaluation: _Evaluation, target: str) -> bool:
    result = await _check_host(evaluation, target)
    if result is Result.NONE:
        raise _Permanent
    return result is Result.PASS


async def _matches_mx(evaluation: _Evaluation, mechanism: Mechanism, target: str) -> bool:
    hosts = _spend_void(evaluation, await evaluation.lookups.mx(target))
    if len(hosts) > MOST_NAMES:
        raise _Permanent
    for host in hosts:
        found = await evaluation.lookups.addresses(host, ipv6=evaluation.ip.version == 6)
        if _is_in(evaluation.ip, mechanism, found):
            return True
    return False


async def _addresses(evaluation: _Evaluation, name: str) -> list[str]:
    found = await evaluation.lookups.addresses(name, ipv6=evaluation.ip.version == 6)
    return _spend_void(evaluation, found)


def _is_in(ip: Ip, mechanism: Mechanism, addresses: list[str]) -> bool:
    length = mechanism.cidr4 if ip.version == 4 else mechanism.cidr6
    return any(ip in ip_network(f"{address}/{length}", strict=False) for address in addresses)


async def _validated(evaluation: _Evaluation) -> list[str]:
    """Names of the host that lead back to its address (§5.5); none where DNS does not say."""
    if evaluation.names is None:
        evaluation.names = []
        try:
            names = await evaluation.lookups.names(str(evaluation.ip))
        except TemporaryFailure:
            return evaluation.names
        _spend_void(evaluation, names)
        for name in names[:MOST_NAMES]:
            try:
                found = await evaluation.lookups.addresses(name, ipv6=evaluation.ip.version == 6)
            except TemporaryFailure:
                continue
            if any(ip_address(address) == evaluation.ip for address in found):
                evaluation.names.append(name.rstrip(".").lower())
    return evaluation.names


async def _expanded(evaluation: _Evaluation, text: str, domain: str) -> str:
    localpart, _, sender_domain = evaluation.sender.rpartition("@")
    values = {
        "s": evaluation.sender,
        "l": localpart,
        "o": sender_domain,
        "d": domain,
        "i": spf_macros.dotted(evaluation.ip),
        "v": "in-addr" if evaluation.ip.version == 4 else "ip6",
        "h": evaluation.helo,
        "p": "unknown",
    }
    if spf_macros.uses(text, "p"):
        values["p"] = _nearest(await _validated(evaluation), domain)
    return spf_macros.expand_name(text, values).lower()


def _nearest(names: list[str], domain: str) -> str:
    """The value of `p` (§7.3): the domain itself, else a name below it, else any."""
    below = [name for name in names if name.endswith("." + domain)]
    return domain if domain in names else (below or names or ["unknown"])[0]


def _is_name(name: str) -> bool:
    """Whether DNS can be asked for the name."""
    labels = name.split(".")
    return len(name) <= 253 and name.isascii() and all(0 < len(label) <= 63 for label in labels)
