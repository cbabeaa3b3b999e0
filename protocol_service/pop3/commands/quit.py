"""QUIT (RFC 1939 §5, §6): the only place where messages are deleted."""

from __future__ import annotations

from backend.kit.errors import MailError
from protocol_service.pop3 import grammar
from protocol_service.pop3.command import ANY_STATE, Command, State
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Remove what is marked, if a maildrop is open, and close."""
    grammar.nothing(argument)
    session.channel.close_after_answer()
    if session.state is State.AUTHORIZATION:
        return b"+OK Goodbye"
    count = len(session.maildrop.deleted)
    try:
        await session.update()
    except MailError:  # logged where it was done
        raise Refused("The deleted messages were not removed", "SYS/TEMP") from None
    return b"+OK Goodbye, %d messages removed" % count if count else b"+OK Goodbye"


QUIT = Command(run, ANY_STATE)
