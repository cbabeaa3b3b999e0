"""The connection as a mechanism sees it, and what can be wrong with an exchange besides the password."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.directory.protocols import Protocol
from protocol_service.user_connections import UserConnections

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

    `is_private` says that passwords may cross the connection. `bindings` holds what ties a SCRAM exchange to
    its TLS connection, by the names of the IANA registry. `users` counts the connections of each user; the
    protocol calls `leave` when its connection has ended.
    """

    protocol: Protocol
    remote_address: str
    is_private: bool
    bindings: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    users: UserConnections | None = None
    failure_limit: int = FAILURE_LIMIT
    failures: int = 0
    _entered: int = field(default=0, init=False)
    _has_left: bool = field(default=False, init=False)

    @property
    def is_exhausted(self) -> bool:
        """Whether so many attempts have failed that the connection is to be closed."""
        return self.failures >= self.failure_limit

    async def enter(self, user_id: int) -> None:
        """Count the connection of whoever signed in; raises `LimitExceeded`."""
        self._release()
        if self.users is None:
            return
        await self.users.enter(user_id, self.remote_address)
        self._entered = user_id
        if self._has_left:
            self._release()

    def leave(self) -> None:
        """The connection has ended."""
        self._has_left = True
        self._release()

    def _release(self) -> None:
        if self.users is not None and self._entered:
            self.users.leave(self._entered)
        self._entered = 0
