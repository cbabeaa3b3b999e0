"""The connection as a mechanism sees it, and what can be wrong with an exchange besides the password."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.directory.protocols import Protocol

# Sends a challenge, gives the client's response, both without base64. Raises `Cancelled` and `Malformed`.
Ask = Callable[[bytes], Awaitable[bytes]]

FAILURE_LIMIT = 5  # of one connection


class Cancelled(Exception):
    """The client gave up (`*`)."""


class Malformed(Exception):
    """What the client sent is not base64, or no message of the mechanism; the text is for the client."""


class UnknownMechanism(Exception):
    """There is no such mechanism here and now."""


class PrivacyRequired(Exception):
    """Nobody signs in before TLS."""


@dataclass(slots=True)
class Peer:
    """One connection; the protocol changes `is_private` and `bindings` when TLS begins.

    `is_private` says that passwords may cross the connection;
    `bindings` holds what ties a SCRAM exchange to its TLS connection, by the names of the IANA registry.
    """

    protocol: Protocol
    remote_address: str
    is_private: bool
    bindings: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    failure_limit: int = FAILURE_LIMIT
    failures: int = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether so many attempts have failed that the connection is to be closed."""
        return self.failures >= self.failure_limit
