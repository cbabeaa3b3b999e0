"""SETMETADATA (RFC 5464 §4.3): annotate a mailbox, or under the empty name the own account."""

from __future__ import annotations

from backend.kit.errors import PermissionDenied, TooLarge
from backend.mailstore import annotation_values
from backend.mailstore.annotation_values import MAX_VALUE_BYTES, TooManyEntries
from backend.mailstore.rights import Rights
from protocol_service.imap import metadata
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import metadata as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Set or remove values, all or none; what all share needs the right to write (§3.3)."""
    lexer.space()
    request = grammar.set_request(lexer)
    has_shared = any(not entry.is_private for entry in request.values)
    row = None
    if request.mailbox:
        needed = Rights.LOOKUP | Rights.READ | (Rights.WRITE if has_shared else Rights.NONE)
        row = (await reach(session, request.mailbox, needed)).row
    elif has_shared:
        raise PermissionDenied("Entries of the server that all share cannot be set")
    changes = []
    for is_private in (True, False):
        values = {
            entry.name: value for entry, value in request.values.items() if entry.is_private is is_private
        }
        if values:
            changes.append((metadata.place(session, row, is_private=is_private), values))
    try:
        modseq = await annotation_values.write(changes)
    except TooLarge as exc:
        raise Refused(exc.public, f"METADATA MAXSIZE {MAX_VALUE_BYTES}") from exc
    except TooManyEntries as exc:
        raise Refused(exc.public, "METADATA TOOMANY") from exc
    for place, values in changes:
        session.annotated(place, values, modseq)
    return b"OK SETMETADATA completed"


SETMETADATA = Command(run, AUTHENTICATED)
