"""From a password to a session: the step that LOGIN and AUTHENTICATE share."""

from __future__ import annotations

from backend.directory import authentication, policy, protocols, settings
from backend.directory.protocols import ProtocolDisabled
from backend.directory.roles import Permission
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service.imap.errors import Refused
from protocol_service.imap.limits import MAX_FAILED_LOGINS, MIB
from protocol_service.imap.session import Session

_UNLIMITED_MESSAGE_BYTES = 100 * MIB  # a message is held in memory while it is stored
_FAILED = "Authentication failed"


def require_privacy(session: Session) -> None:
    """Refuse a password that would cross the network in clear text."""
    if not session.may_sign_in:
        raise Refused("Use TLS before you sign in", "PRIVACYREQUIRED")


async def with_password(session: Session, login: bytes, password: bytes) -> bytes:
    """Sign in, or refuse without saying what was wrong."""
    try:
        name, secret = login.decode(), password.decode()
    except UnicodeDecodeError:
        raise _refused(session) from None
    try:
        principal = await authentication.verify_password(
            name, secret, protocol="imap", remote_address=session.channel.remote_address
        )
        if principal.user_id is None:  # an administrator has no mailbox
            raise Unauthenticated(_FAILED)
        policy.require(principal, Permission.MAIL_USE)
        await protocols.require(principal, "imap")
    except ProtocolDisabled as exc:  # RFC 5530 §3: only an administrator can help
        raise Refused(exc.public, "CONTACTADMIN") from None
    except (Unauthenticated, PermissionDenied):
        raise _refused(session) from None
    limit = await settings.get_number("message.max_bytes", user_id=principal.user_id)
    session.signed_in(principal, limit or _UNLIMITED_MESSAGE_BYTES)
    return b"OK [CAPABILITY %b] Signed in" % session.capabilities


def _refused(session: Session) -> Refused:
    session.failed_logins += 1
    if session.failed_logins >= MAX_FAILED_LOGINS:
        session.bye("Too many failed attempts")
    return Refused(_FAILED, "AUTHENTICATIONFAILED")
