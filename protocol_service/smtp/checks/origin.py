"""Whose mail is looked into (SPF, DKIM, DMARC, ARC): that of hosts we know nothing of, on the MX listener.

Who has signed in is known, and so are this machine and trusted networks; behind LMTP stands a mail server
that has seen the client, as we have not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import settings
from backend.spool.types import UNVERIFIED
from protocol_service.smtp.session import Door

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_SETTING = "reception.verify_origin"


async def to_be_verified(server: Server) -> str:
    """UNVERIFIED for a message whose origin the spool has to look into, else nothing."""
    session = server.session
    if server.door is not Door.MX or session.principal is not None:
        return ""
    address = session.address
    if address.startswith("127.") or address == "::1" or server.reception.settings.is_trusted(address):
        return ""
    return UNVERIFIED if await settings.get(_SETTING) else ""
