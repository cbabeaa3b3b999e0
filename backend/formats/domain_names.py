"""Domain names of mail addresses: A-labels inside, U-labels on screen (RFC 5321 §4.1.2, RFC 5891)."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address

import idna

from backend.formats.errors import InvalidSyntax

# Underscores are no part of host names, but of names in use.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{0,126}}{_LABEL}")
_LONGEST = 253


def normalize_domain(text: str) -> str:
    """The lower-case A-label form of a domain or address literal; raises `InvalidSyntax`."""
    if text.startswith("["):
        return _literal(text)
    name = text
    if not name.isascii():
        if len(name) > _LONGEST:
            raise InvalidSyntax("Domain name too long")
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise InvalidSyntax("Not a domain name") from error
    name = name.lower()
    if len(name) > _LONGEST or _DOMAIN.fullmatch(name) is None:
        raise InvalidSyntax("Not a domain name")
    return name


def _literal(text: str) -> str:
    inner = text[1:-1] if text.endswith("]") else ""
    try:
        if inner[:5].lower() == "ipv6:":
            return f"[IPv6:{IPv6Address(inner[5:]).compressed}]"
        return f"[{IPv4Address(inner)}]"
    except ValueError as error:
        raise InvalidSyntax("Not an address literal") from error


def display_domain(domain: str) -> str:
    """The U-label form to show; a name that is no valid IDN stays as it is."""
    if "xn--" not in domain:
        return domain
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain
