"""From name and password, proof or token to a session: the step that LOGIN and AUTHENTICATE share."""

from __future__ import annotations

from collections.abc import Awaitable

from backend.directory import settings
from backend.directory.principal import Principal
from backend.directory.protocols import ProtocolDisabled
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service import sasl
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.limits import MIB
from protocol_service.imap.session import Session

_UNLIMITED_MESSAGE_BYTES = 100 * MIB  # a message is held in memory while it is stored


async def finish(session: Session, exchange: Awaitable[Principal]) -> bytes:
    """Sign in whom the exchange gives; or refuse without saying what was wrong."""
    try:
        principal = await exchange
    except sasl.PrivacyRequired:
        raise Refused("Use TLS before you sign in", "PRIVACYREQUIRED") from None
    except sasl.UnknownMechanism:
        raise Refused("The mechanism is not supported", "CANNOT") from None
    except sasl.Cancelled:
        raise BadCommand("Authentication was cancelled") from None
    except sasl.Malformed as exc:
        raise BadCommand(str(exc)) from None
    except ProtocolDisabled as exc:  # RFC 5530 §3: only an administrator can help
        raise Refused(exc.public, "CONTACTADMIN") from None
    except PermissionDenied as exc:
        raise Refused(exc.public, "AUTHORIZATIONFAILED") from None
    except Unauthenticated:
        if session.peer.is_exhausted:
            session.bye("Too many failed attempts")
        raise Refused("Authentication failed", "AUTHENTICATIONFAILED") from None
    limit = await settings.get_number("message.max_bytes", user_id=principal.user_id)
    session.signed_in(principal, limit or _UNLIMITED_MESSAGE_BYTES)
    return b"OK [CAPABILITY %b] Signed in" % session.capabilities
