"""Whose mail is looked into (SPF, DKIM, DMARC, ARC): that of hosts we know nothing of, on the MX listener.

Who has signed in is known, and so are this machine and trusted networks; behind LMTP stands a mail server
that has seen the client, as we have not.

The spool looks into it after the 250, except where the domains of all recipients refuse what is disowned:
that must be known before, since what was accepted can only be sent back, to whoever was forged. The peer
waits for it, a bounded time, and nothing is refused for what DNS does not say in that time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from backend.directory import resolve, settings
from backend.formats import authentication_results, dmarc
from backend.spool.types import UNVERIFIED, SpooledMessage, SpoolRcpt
from protocol_service.smtp import replies
from protocol_service.smtp.session import Door, Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

WAIT_S = 10.0
_SETTING = "reception.verify_origin"
_DISOWNED = "reception.dmarc"
_REFUSE = "refuse"


async def look(server: Server, transaction: Transaction, raw: bytes) -> str | bytes:
    """What the spool is told of the origin of a message (`SpooledMessage.authentication`), or the reply that
    refuses it.
    """
    if not await _is_unknown(server):
        return ""
    if not await _all_refuse(transaction.recipients):
        return UNVERIFIED
    try:
        async with asyncio.timeout(WAIT_S):
            results = await server.reception.verifier.results(
                _message(server, transaction, raw), raw, transaction.recipients[0].domain, refuses=True
            )
    except TimeoutError:
        return UNVERIFIED
    found = authentication_results.dmarc_of(results)
    if found is not None and found.asked == dmarc.REJECT:
        return _refusal(results)
    transaction.checks += results
    return "\n".join(results)


async def _is_unknown(server: Server) -> bool:
    session = server.session
    if server.door is not Door.MX or session.principal is not None:
        return False
    address = session.address
    if address.startswith("127.") or address == "::1" or server.reception.settings.is_trusted(address):
        return False
    return bool(await settings.get(_SETTING))


async def _all_refuse(recipients: Iterable[SpoolRcpt]) -> bool:
    for domain in {one.domain for one in recipients}:
        domain_id = await resolve.domain_id(domain)
        if domain_id is None or await settings.get(_DISOWNED, domain_id=domain_id) != _REFUSE:
            return False
    return True


def _message(server: Server, transaction: Transaction, raw: bytes) -> SpooledMessage:
    """As far as verification needs it: it has no id and no blob yet."""
    session = server.session
    return SpooledMessage(
        0, 0, transaction.return_path, 0, len(raw), helo=session.helo, remote_address=session.address
    )


def _refusal(results: Sequence[str]) -> bytes:
    # RFC 7372 §3.3: several checks have failed together.
    said = ", ".join(line.partition(" ")[0] for line in results if line.startswith(("spf=", "dkim=")))
    return replies.reply(
        550, "5.7.26", f"The domain in From asks to refuse what it does not vouch for (DMARC; {said})"
    )
