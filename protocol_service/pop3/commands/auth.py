"""AUTH (RFC 5034): every mechanism of `protocol_service.sasl`, perhaps with an initial response."""

from __future__ import annotations

from protocol_service import sasl
from protocol_service.pop3 import sign_in
from protocol_service.pop3.command import AUTHORIZATION, Command
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Sign in by SASL."""
    mechanism, _, initial = argument.strip(b" ").partition(b" ")
    if not mechanism:
        raise BadCommand("A mechanism is needed")
    response = _decoded(initial) if initial else None

    async def ask(challenge: bytes) -> bytes:
        return sasl.decode(await session.channel.ask(sasl.encode(challenge)))

    name = mechanism.decode("ascii", "replace")
    return await sign_in.finish(session, sasl.authenticate(session.peer, name, response, ask))


def _decoded(initial: bytes) -> bytes:
    try:
        return sasl.decode(initial, is_initial=True)
    except sasl.Cancelled:
        raise BadCommand("Authentication was cancelled") from None
    except sasl.Malformed as exc:
        raise BadCommand(str(exc)) from None


AUTH = Command(run, AUTHORIZATION)
