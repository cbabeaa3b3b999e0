"""GETMETADATA (RFC 5464 §4.2): what is annotated to a mailbox, or under the empty name to the server."""

from __future__ import annotations

from backend.mailstore.rights import Rights
from protocol_service.imap import metadata
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import metadata as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show values; the answer says how long the longest is that was left out for its size."""
    lexer.space()
    request = grammar.get_request(lexer)
    row = None
    if request.mailbox:
        row = (await reach(session, request.mailbox, Rights.LOOKUP | Rights.READ)).row
    found = await metadata.find(session, row, request.entries, request.depth)
    longest = 0
    if request.max_size is not None:
        sizes = [len(value) for _, value in found if value is not None]
        longest = max((size for size in sizes if size > request.max_size), default=0)
        found = [pair for pair in found if len(pair[1] or b"") <= request.max_size]
    session.send(metadata.response(session, row.name if row else "", found))
    if longest:
        return b"OK [METADATA LONGENTRIES %d] GETMETADATA completed" % longest
    return b"OK GETMETADATA completed"


GETMETADATA = Command(run, AUTHENTICATED)
