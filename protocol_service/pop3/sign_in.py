"""From a password to an open maildrop: the step that PASS and AUTH share."""

from __future__ import annotations

from backend.directory import authentication, policy, protocols
from backend.directory.principal import Principal
from backend.directory.protocols import ProtocolDisabled
from backend.kit.errors import PermissionDenied, Unauthenticated
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.limits import MAX_FAILED_LOGINS
from protocol_service.pop3.maildrop import Maildrop
from protocol_service.pop3.session import Session

_FAILED = "Authentication failed"


def require_privacy(session: Session) -> None:
    """Refuse a password that would cross the network in clear text."""
    if not session.may_sign_in:
        raise Refused("Use TLS before you sign in")


async def with_password(session: Session, login: bytes, password: bytes) -> bytes:
    """Sign in and open the maildrop, or refuse without saying what was wrong."""
    try:
        name, secret = login.decode(), password.decode()
    except UnicodeDecodeError:
        raise _refused(session) from None
    try:
        principal = await authentication.verify_password(
            name, secret, protocol="pop3", remote_address=session.channel.remote_address
        )
        account_id = policy.require_mail(principal)  # an administrator has no mailbox
        await protocols.require(principal, "pop3")
    except ProtocolDisabled as exc:
        raise Refused(exc.public, "SYS/PERM") from None
    except (Unauthenticated, PermissionDenied):
        raise _refused(session) from None
    return await _open(session, principal, account_id)


async def _open(session: Session, principal: Principal, account_id: int) -> bytes:
    if not await session.locks.acquire(account_id):
        raise Refused("Another program has the maildrop open", "IN-USE")
    try:
        maildrop = await Maildrop.open(account_id)
    except BaseException:
        session.channel.leave(session.locks.release(account_id))
        raise
    session.signed_in(principal, maildrop)
    return b"+OK The maildrop has %d messages (%d octets)" % (maildrop.messages, maildrop.size_bytes)


def _refused(session: Session) -> Refused:
    session.failed_logins += 1
    if session.failed_logins >= MAX_FAILED_LOGINS:
        session.channel.close_after_answer()
    return Refused(_FAILED, "AUTH")
