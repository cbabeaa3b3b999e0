"""LANG (RFC 6856 §3): the texts are English."""

from __future__ import annotations

from protocol_service.pop3.command import ANY_STATE, Command
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.session import Session

_KNOWN = frozenset({b"*", b"en", b"i-default"})


async def run(session: Session, argument: bytes) -> bytes:
    """List the languages, or choose one."""
    wanted = argument.strip(b" ").lower()
    if wanted in _KNOWN:
        return b"+OK en English it is"
    if wanted:
        raise Refused("There is no such language here")
    session.send(b"+OK Languages follow\r\nen English\r\ni-default English\r\n")
    return b"."


LANG = Command(run, ANY_STATE)
