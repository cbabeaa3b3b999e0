"""Macros of SPF records (RFC 7208 §7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

_MACRO = re.compile(r"%(?:\{([A-Za-z])([0-9]*)([rR]?)([.+,/_=-]*)\}|([%_-]))")
_PLAIN = {"%": "%", "_": " ", "-": "%20"}
_LONGEST_NAME = 253


def uses(text: str, letter: str) -> bool:
    """Whether the text has a macro of that letter."""
    return any((match[1] or "").lower() == letter for match in _MACRO.finditer(text))


def expand(text: str, values: Mapping[str, str]) -> str:
    """The text with its macros replaced by the values of their letters, which are in lower case."""
    return _MACRO.sub(lambda match: _replacement(match, values), text)


def expand_name(text: str, values: Mapping[str, str]) -> str:
    """`expand` for a domain name, shortened from the left to what DNS takes (§7.3)."""
    name = expand(text, values).rstrip(".")
    while len(name) > _LONGEST_NAME and "." in name:
        name = name.partition(".")[2]
    return name


def _replacement(match: re.Match[str], values: Mapping[str, str]) -> str:
    letter, count, reverse, delimiters, plain = match.groups()
    if plain:
        return _PLAIN[plain]
    value = values.get(letter.lower(), "unknown")
    parts = re.split("[" + re.escape(delimiters or ".") + "]", value)
    if reverse:
        parts.reverse()
    if count:
        parts = parts[-int(count) :]
    value = ".".join(parts) if (count or reverse or delimiters) else value
    return quote(value, safe="-._~") if letter.isupper() else value


def dotted(ip: IPv4Address | IPv6Address) -> str:
    """The value of `i`: nibbles with dots for IPv6."""
    return ".".join(f"{int(ip):032x}") if isinstance(ip, IPv6Address) else str(ip)
