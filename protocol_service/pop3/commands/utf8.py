"""UTF8 (RFC 6856 §2): names and passwords are UTF-8, and messages are sent as they are stored."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import AUTHORIZATION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Agree."""
    grammar.nothing(argument)
    return b"+OK UTF-8 is in use"


UTF8 = Command(run, AUTHORIZATION)
