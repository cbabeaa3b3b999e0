"""SPF records as values (RFC 7208 §4.5, §4.6, §5, §6). The syntax is checked before anything is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from backend.formats.errors import InvalidSyntax

_MECHANISM = re.compile(r"([+?~-]?)([A-Za-z][A-Za-z0-9_.-]*)([:/].*)?", re.DOTALL)
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)", re.DOTALL)
_CIDR = re.compile(r"(.*?)(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?", re.DOTALL)
_MACRO = r"%(?:\{[slodiphvSLODIPHV][0-9]{0,3}[rR]?[.+,/_=-]*\}|[%_-])"
_MACRO_OF_TEXT = r"%(?:\{[slodiphcrtvSLODIPHCRTV][0-9]{0,3}[rR]?[.+,/_=-]*\}|[%_-])"
_STRING = re.compile(rf"(?:{_MACRO_OF_TEXT}|[!-$&-~])*+")
_NAME = re.compile(rf"(?:{_MACRO}|[!-$&-~])++")
# The end of a name: a top label, or a macro.
_TOP_LABEL = r"(?=[A-Za-z0-9-]*[A-Za-z-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_END = re.compile(rf".*(?:\.{_TOP_LABEL}\.?|%\{{[^}}]+\}})", re.DOTALL)
_WITH_NAME = {"include", "exists", "a", "mx", "ptr"}
_NAME_NEEDED = {"include", "exists"}
_WITH_CIDR = {"a", "mx"}
_ZERO_TRANSFORM = re.compile(r"%\{[A-Za-z]0+[^0-9]")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A directive. `name` is unexpanded, empty for the current domain; `cidr4` and `cidr6` are prefix
    lengths; `network` is that of ip4 and ip6.
    """

    qualifier: str
    kind: str
    name: str = ""
    cidr4: int = 32
    cidr6: int = 128
    network: IPv4Network | IPv6Network | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Mechanisms in order, and where to go on when none matches."""

    mechanisms: tuple[Mechanism, ...]
    redirect: str = ""


def is_record(text: bytes) -> bool:
    """Whether a TXT text is an SPF record at all (§4.5)."""
    return text[:6].lower() == b"v=spf1" and text[6:7] in {b"", b" "}


def parse(raw: bytes) -> Record:
    """Read a record for which `is_record` holds. Raises `InvalidSyntax` (a permanent error)."""
    try:
        terms = raw[6:].decode("ascii").split(" ")
    except UnicodeDecodeError as error:
        raise InvalidSyntax("Record not in ASCII") from error
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in terms:
        if not term:
            continue
        modifier = _MODIFIER.fullmatch(term)
        if modifier is not None:
            _read_modifier(modifiers, modifier[1].lower(), modifier[2])
        else:
            mechanisms.append(_mechanism(term))
    return Record(tuple(mechanisms), modifiers.get("redirect", ""))


def _read_modifier(found: dict[str, str], name: str, value: str) -> None:
    if name in {"redirect", "exp"}:
        if name in found:
            raise InvalidSyntax(f"{name} twice")
        _require_name(value)
        found[name] = value
    elif _STRING.fullmatch(value) is None:
        raise InvalidSyntax("Modifier")


def _mechanism(term: str) -> Mechanism:
    match = _MECHANISM.fullmatch(term)
    if match is None:
        raise InvalidSyntax("Term")
    qualifier, kind, rest = match[1] or "+", match[2].lower(), match[3] or ""
    if kind == "all":
        if rest:
            raise InvalidSyntax("all takes nothing")
        return Mechanism(qualifier, kind)
    if kind in {"ip4", "ip6"}:
        return Mechanism(qualifier, kind, network=_network(kind, rest))
    if kind not in _WITH_NAME:
        raise InvalidSyntax("Unknown mechanism")
    return _named(qualifier, kind, rest)


def _named(qualifier: str, kind: str, rest: str) -> Mechanism:
    cidr4, cidr6 = 32, 128
    if kind in _WITH_CIDR:
        match = _CIDR.fullmatch(rest)
        if match is None:
            raise InvalidSyntax("Prefix length")
        rest = match[1]
        cidr4, cidr6 = int(match[2] or 32), int(match[3] or 128)
        if cidr4 > 32 or cidr6 > 128:
            raise InvalidSyntax("Prefix length")
    if rest:
        if not rest.startswith(":"):
            raise InvalidSyntax("Prefix length")
        _require_name(rest[1:])
    elif kind in _NAME_NEEDED:
        raise InvalidSyntax(f"{kind} without a name")
    return Mechanism(qualifier, kind, rest[1:], cidr4, cidr6)


def _network(kind: str, rest: str) -> IPv4Network | IPv6Network:
    address, slash, length = rest.removeprefix(":").partition("/")
    if not rest.startswith(":") or (slash and re.fullmatch(r"0|[1-9][0-9]{0,2}", length) is None):
        raise InvalidSyntax("Network")
    try:
        network = ip_network(address + slash + length, strict=False)
    except ValueError as error:
        raise InvalidSyntax("Network") from error
    if network.version != int(kind[2]) or "%" in address:
        raise InvalidSyntax("Network")
    return network


def _require_name(text: str) -> None:
    if _NAME.fullmatch(text) is None or _END.fullmatch(text) is None or _ZERO_TRANSFORM.search(text):
        raise InvalidSyntax("Domain")
