"""What the server knows of one client: who it is, and the maildrop it has open.

A session has no socket of its own: it writes through the `Channel` that the connection is.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Protocol

from backend.directory.principal import Principal
from protocol_service import sasl
from protocol_service.pop3 import capability
from protocol_service.pop3.command import State
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.maildrop import Maildrop
from protocol_service.pop3.maildrop_lock import MaildropLocks
from protocol_service.pop3.octets import Octets
from protocol_service.sasl import Peer


class Channel(Protocol):
    """The connection as its session sees it."""

    is_secure: bool

    def send(self, data: bytes) -> None:
        """Put bytes to the output; they leave with the next `flush` or at the end of the command."""

    async def flush(self) -> None:
        """Write what was put, and wait while the client does not read."""

    async def rest(self) -> None:
        """`flush`, and give others a turn."""

    async def ask(self, prompt: bytes) -> bytes:
        """Write `+ prompt` and give the client's next line."""

    def close_after_answer(self) -> None:
        """Close once all that was put has been written."""

    def start_tls_after_answer(self) -> None:
        """Begin TLS once all that was put has been written, and throw away what has come already."""

    def abort(self) -> None:
        """Drop the connection at once: an answer cannot be finished."""

    async def finish(self, work: Coroutine[None, None, None]) -> None:
        """Have something done to its end, whether the client stays for it or not."""

    def leave(self, work: Coroutine[None, None, None]) -> None:
        """Have something done without waiting for it."""


class Session:
    """The state of one client."""

    __slots__ = (
        "_maildrop", "_octets", "bad_commands", "channel", "locks", "login", "peer", "principal",
    )  # fmt: skip

    def __init__(self, channel: Channel, locks: MaildropLocks, peer: Peer) -> None:
        self.channel = channel
        self.locks = locks
        self.peer = peer
        self.login: bytes | None = None  # what USER named
        self.principal: Principal | None = None
        self._maildrop: Maildrop | None = None
        self._octets: Octets | None = None
        self.bad_commands = 0

    @property
    def state(self) -> State:
        """The state of RFC 1939 §3."""
        return State.AUTHORIZATION if self._maildrop is None else State.TRANSACTION

    @property
    def account_id(self) -> int:
        """The account that is signed in, 0 before."""
        return 0 if self._maildrop is None else self._maildrop.account_id

    @property
    def maildrop(self) -> Maildrop:
        """The open maildrop; only verbs of the transaction state ask."""
        if self._maildrop is None:
            raise BadCommand("No maildrop is open")
        return self._maildrop

    @property
    def octets(self) -> Octets:
        """The messages of the open maildrop."""
        if self._octets is None:
            self._octets = Octets(self.maildrop)
        return self._octets

    @property
    def capabilities(self) -> list[bytes]:
        """What the server can do for this client in its present state."""
        return capability.capabilities(
            mechanisms=sasl.offered(self.peer),
            may_start_tls=not self.channel.is_secure and self.state is State.AUTHORIZATION,
        )

    def send(self, data: bytes) -> None:
        """Put bytes to the output."""
        self.channel.send(data)

    def signed_in(self, principal: Principal, maildrop: Maildrop) -> None:
        """The client has shown who it is and has its maildrop, the lock included."""
        self.principal = principal
        self._maildrop = maildrop

    def forget(self) -> None:
        """Know nothing of what was said before TLS (RFC 2595 §4)."""
        self.login = None

    async def update(self) -> None:
        """The UPDATE state (RFC 1939 §6): remove what is marked and let the maildrop go. Raises MailError."""
        maildrop, self._maildrop = self.maildrop, None
        await self.channel.finish(_update(maildrop, self.locks))

    def close(self) -> None:
        """The connection has ended: nothing is removed, others may have the maildrop."""
        if self._maildrop is not None:
            account_id, self._maildrop = self._maildrop.account_id, None
            self.channel.leave(self.locks.release(account_id))


async def _update(maildrop: Maildrop, locks: MaildropLocks) -> None:
    try:
        await maildrop.update()
    finally:
        await locks.release(maildrop.account_id)
