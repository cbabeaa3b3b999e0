"""The table of mechanisms, and how every sign-in ends: failures are counted and answered late."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.directory import policy, protocols
from backend.directory.principal import Principal
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service.sasl import bearer, channel_binding, passwords, scram
from protocol_service.sasl.peer import Ask, Peer, PrivacyRequired, UnknownMechanism

# A failure is answered after this time, doubled with each further one of the connection.
FAILURE_DELAY_S = 0.5
LONGEST_DELAY_S = 4.0

Run = Callable[[Peer, bytes | None, Ask], Awaitable[Principal]]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One of the names a client may choose."""

    run: Run
    needs_binding: bool = False


# In the order in which they are offered: clients that take the first take the best.
_TABLE: dict[str, Mechanism] = {
    "SCRAM-SHA-256-PLUS": Mechanism(scram.with_binding, needs_binding=True),
    "SCRAM-SHA-256": Mechanism(scram.without_binding),
    "PLAIN": Mechanism(passwords.plain),
    "LOGIN": Mechanism(passwords.login),
    "OAUTHBEARER": Mechanism(bearer.oauthbearer),
    "XOAUTH2": Mechanism(bearer.xoauth2),
}
_WITH_BINDING = tuple(_TABLE)
_WITHOUT = tuple(name for name, one in _TABLE.items() if not one.needs_binding)


def offered(peer: Peer) -> tuple[str, ...]:
    """The mechanisms that this client may use now, the best first; none before TLS."""
    if not peer.is_private:
        return ()
    return _WITH_BINDING if channel_binding.is_announced(peer.bindings) else _WITHOUT


async def authenticate(peer: Peer, mechanism: str, initial: bytes | None, ask: Ask) -> Principal:
    """Run an exchange that the client began by naming a mechanism, perhaps with an initial response."""
    if not peer.is_private:
        raise PrivacyRequired
    chosen = _TABLE.get(mechanism.upper())
    if chosen is None or (chosen.needs_binding and not peer.bindings):
        raise UnknownMechanism
    return await _finish(peer, chosen.run(peer, initial, ask))


async def sign_in(peer: Peer, login: bytes, password: bytes) -> Principal:
    """Sign in by a command that carries name and password itself."""
    if not peer.is_private:
        raise PrivacyRequired
    return await _finish(peer, passwords.verify(peer, login, password))


async def _finish(peer: Peer, exchange: Awaitable[Principal]) -> Principal:
    try:
        principal = await exchange
        try:
            user_id = policy.require_mail(principal)
        except PermissionDenied:
            raise Unauthenticated("This sign-in has no mailbox") from None
    except Unauthenticated:
        peer.failures += 1
        await asyncio.sleep(min(LONGEST_DELAY_S, FAILURE_DELAY_S * 2 ** (peer.failures - 1)))
        raise
    await protocols.require(principal, peer.protocol)
    await peer.enter(user_id)
    return principal
