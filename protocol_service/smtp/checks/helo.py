"""What a stranger may call itself at the MX door (RFC 5321 §4.1.4).

A name that is ours is a lie nobody tells by mistake. Names without a dot are refused only where the setting
says so: printers and scanners greet with anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.directory import settings
from protocol_service.smtp import replies

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

OWN = "reception.refuse_own_name"
UNQUALIFIED = "reception.refuse_unqualified_name"

_LITERAL = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]+)\]")
_OWN_NAME = replies.reply(550, "5.7.1", "That name is ours")
_NOT_QUALIFIED = replies.reply(550, "5.7.1", "A fully qualified host name is needed")


async def check(server: Server, name: str) -> bytes | None:
    """The reply that refuses the name, or None."""
    if not server.is_stranger:
        return None
    if _is_ours(server, name) and await settings.get(OWN):
        return _OWN_NAME
    if not _is_qualified(name) and await settings.get(UNQUALIFIED):
        return _NOT_QUALIFIED
    return None


def _is_ours(server: Server, name: str) -> bool:
    if name.rstrip(".").lower() == server.hostname.lower():
        return True
    literal = _LITERAL.fullmatch(name)
    return (literal[1] if literal else name).lower() == server.local_address


def _is_qualified(name: str) -> bool:
    return _LITERAL.fullmatch(name) is not None or "." in name.strip(".")
