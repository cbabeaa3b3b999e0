"""What the checks of a message's origin ask of DNS; whoever calls them brings an implementation.

A name that does not exist and one without such records are both answered with nothing: SPF counts them alike
(RFC 7208 §4.6.4), and the others do not tell them apart.
"""

from __future__ import annotations

from typing import Protocol


class TemporaryFailure(Exception):
    """No name server gave an answer that can be used; it may succeed later."""


class Lookups(Protocol):
    """Questions about absolute names without their last dot. Every method raises `TemporaryFailure`."""

    async def txt(self, name: str) -> list[bytes]:
        """Texts, the strings of each joined."""
        ...

    async def addresses(self, name: str, *, ipv6: bool) -> list[str]:
        """A or AAAA records."""
        ...

    async def mx(self, name: str) -> list[str]:
        """Names of mail hosts, the preferred first."""
        ...

    async def names(self, address: str) -> list[str]:
        """Names of an address (PTR)."""
        ...
