"""From name and password, proof or token to an open maildrop: the step that PASS and AUTH share."""

from __future__ import annotations

from collections.abc import Awaitable

from backend.directory import policy
from backend.directory.principal import Principal
from backend.directory.protocols import ProtocolDisabled
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service import sasl
from protocol_service.pop3.errors import BadCommand, Refused
from protocol_service.pop3.maildrop import Maildrop
from protocol_service.pop3.session import Session

_PRIVACY = "Use TLS before you sign in"


def require_privacy(session: Session) -> None:
    """Refuse a name or a password that would cross the network in clear text."""
    if not session.peer.is_private:
        raise Refused(_PRIVACY)


async def finish(session: Session, exchange: Awaitable[Principal]) -> bytes:
    """Sign in whom the exchange gives and open the maildrop; or refuse without saying what was wrong."""
    try:
        principal = await exchange
    except sasl.PrivacyRequired:
        raise Refused(_PRIVACY) from None
    except sasl.UnknownMechanism:
        raise Refused("The mechanism is not supported") from None
    except sasl.Cancelled:
        raise BadCommand("Authentication was cancelled") from None
    except sasl.Malformed as exc:
        raise BadCommand(str(exc)) from None
    except ProtocolDisabled as exc:
        raise Refused(exc.public, "SYS/PERM") from None
    except PermissionDenied as exc:
        raise Refused(exc.public, "AUTH") from None
    except Unauthenticated:
        if session.peer.is_exhausted:
            session.channel.close_after_answer()
        raise Refused("Authentication failed", "AUTH") from None
    return await _open(session, principal)


async def _open(session: Session, principal: Principal) -> bytes:
    account_id = policy.require_mail(principal)
    if not await session.locks.acquire(account_id):
        raise Refused("Another program has the maildrop open", "IN-USE")
    try:
        maildrop = await Maildrop.open(account_id)
    except BaseException:
        session.channel.leave(session.locks.release(account_id))
        raise
    session.signed_in(principal, maildrop)
    return b"+OK The maildrop has %d messages (%d octets)" % (maildrop.messages, maildrop.size_bytes)
