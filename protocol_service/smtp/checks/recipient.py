"""Checks at RCPT: no relaying for strangers, no unknown local part, no full mailbox, no flood (RFC 5321
§3.6, §4.5.3.1).

Whatever can be refused here is refused here: what was accepted and then bounced goes to a forged sender.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import domain_routes, list_posting, resolve, settings
from backend.directory.domain_routes import Accepts
from backend.directory.list_types import Command, Refusal
from backend.directory.resolve import Disabled, ListTarget, LocalUser, NotLocal, ReturnPath, Routed, Unknown
from backend.formats.addresses import Address
from backend.kit import db
from protocol_service.smtp import replies
from protocol_service.smtp.call_ahead import Answer
from protocol_service.smtp.checks import sizes, suppressed
from protocol_service.smtp.checks.room import has_room
from protocol_service.smtp.session import Door, Hangup, Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

MX_RECIPIENTS = 500
REFUSED_LIMIT = 100
_NOT_NOW = replies.reply(450, "4.4.1", "The server of this recipient cannot be asked now")
_TOO_LONG = replies.reply(553, "5.1.3", "Address too long")


async def check(server: Server, transaction: Transaction, address: Address) -> Address | bytes:
    """The address to deliver to, or the reply that refuses it."""
    # RFC 5321 §4.5.3.1.10 wants 452 here, not 550, so the sender comes back with the rest.
    if len(transaction.recipients) >= await limit(server):
        return replies.TOO_MANY_RECIPIENTS
    if transaction.recipients and _is_report(server, transaction):
        return replies.ONE_RECIPIENT
    if not address.domain:
        address = await _postmaster(server.hostname)
    if len(str(address)) > 320:
        return _TOO_LONG
    refusal = await _refusal(server, transaction, address)
    if refusal is None:
        return address
    if refusal[:1] == b"5":
        transaction.refused_recipients += 1
        if transaction.refused_recipients > REFUSED_LIMIT:
            raise Hangup(replies.TOO_MANY_ERRORS)
    return refusal


def _is_report(server: Server, transaction: Transaction) -> bool:
    """Whether a stranger sends with `<>`: that is about one message of one sender (RFC 3464 §2). Who sends to
    many with it hides behind a sender that nothing can be returned to.
    """
    return transaction.sender is None and server.door is Door.MX and server.session.principal is None


async def _postmaster(hostname: str) -> Address:
    """Who `<Postmaster>` is (RFC 5321 §4.5.1): that of our host's domain or its parent, else of our
    oldest domain.
    """
    for domain in (hostname, hostname.partition(".")[2]):
        if domain and await resolve.is_local_domain(domain):
            return Address("postmaster", domain)
    oldest = await db.fetch_value(
        "SELECT name FROM domain WHERE is_enabled = 1 ORDER BY created_at, id LIMIT 1"
    )
    return Address("postmaster", oldest or hostname)


async def limit(server: Server) -> int:
    """How many recipients a message may have here (RFC 5321 §4.5.3.1.8)."""
    principal = server.session.principal
    if principal is None:
        return MX_RECIPIENTS
    return await settings.get_number("submission.max_recipients", user_id=principal.user_id)


async def have_room(transaction: Transaction, size_bytes: int) -> bool:
    """Whether the message, as large as it turned out to be, fits into one mailbox at least.

    A full mailbox is told at RCPT by the declared size; without one, or with a lie, it is told here, since
    what nobody has room for would only come back to a sender who may be forged.
    """
    if size_bytes <= transaction.declared_size:
        return True
    for one in transaction.recipients:
        found = await resolve.resolve(Address(one.localpart, one.domain))
        if not isinstance(found, LocalUser) or found.is_elsewhere:
            return True
        if await has_room(found.user_id, size_bytes):
            return True
    return False


async def _refusal(server: Server, transaction: Transaction, address: Address) -> bytes | None:
    found = await resolve.resolve(address)
    if isinstance(found, LocalUser):
        if found.is_elsewhere:
            return None
        return await _refusal_of_user(transaction, found.user_id, address)
    if isinstance(found, ListTarget):
        return await _refusal_of_list(server, transaction, found, address)
    if isinstance(found, NotLocal):
        principal = server.session.principal
        if principal is not None:
            return await suppressed.refusal(principal, address)
        return None if server.door is Door.RELAY else replies.NO_RELAY
    if isinstance(found, Routed):
        return await _refusal_of_route(server, found)
    if isinstance(found, Unknown):
        return replies.NO_SUCH_USER
    if isinstance(found, Disabled):
        return replies.USER_DISABLED
    if isinstance(found, ReturnPath) and transaction.sender is not None:
        return replies.REPORTS_ONLY
    return None


async def _refusal_of_route(server: Server, found: Routed) -> bytes | None:
    """What the server behind the route says, where it is asked."""
    route = await domain_routes.of_domain(found.address.domain)
    if route is None or route.accepts is not Accepts.ASKED:
        return None
    answer = await server.reception.call_ahead.ask(route, found.address)
    if answer is Answer.TAKEN:
        return None
    return replies.NO_SUCH_USER if answer is Answer.REFUSED else _NOT_NOW


async def _refusal_of_list(
    server: Server, transaction: Transaction, found: ListTarget, address: Address
) -> bytes | None:
    """Rights on a list are said here (RFC 3463, X.7.2); what is held for its moderators is taken in."""
    if found.command is not Command.POST:
        # Commands answer their sender: nothing answers a bounce.
        return None if transaction.sender is not None else replies.REPORTS_NOT_TAKEN
    principal = server.session.principal
    account_id = principal.user_id if principal is not None else None
    permit = await list_posting.permit(found.mailing_list, transaction.sender, account_id)
    if permit.verdict is Refusal.REJECT:
        return replies.reply(550, "5.7.2", permit.reason)
    size_limit = found.mailing_list.max_bytes
    return _too_large(transaction, address, size_limit) if size_limit else None


async def _refusal_of_user(transaction: Transaction, user_id: int, address: Address) -> bytes | None:
    size_limit = await sizes.limit_of_user(user_id)
    refusal = _too_large(transaction, address, size_limit)
    if refusal is None and not await has_room(user_id, transaction.declared_size):
        return replies.MAILBOX_FULL
    return refusal


def _too_large(transaction: Transaction, address: Address, size_limit: int) -> bytes | None:
    """Refuse a message that says it is too large; hold all others to the limit."""
    if transaction.declared_size > size_limit:
        return replies.TOO_LARGE
    if transaction.each is not None:
        transaction.each.limit((address.localpart.lower(), address.domain), size_limit)
        return None
    # The data has one reply for all recipients, so the tightest limit among them holds for it.
    transaction.size_limit = min(transaction.size_limit, size_limit)
    return None
