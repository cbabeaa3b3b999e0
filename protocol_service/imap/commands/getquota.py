"""GETQUOTA (RFC 9208 §4.1.1): what a quota root holds and may hold."""

from __future__ import annotations

from backend.kit.errors import NotFound
from backend.mailstore import shares
from backend.mailstore.rights import Rights
from protocol_service.imap import quota_root
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show one root; another's only to who may add to a mailbox of it."""
    lexer.space()
    root = lexer.astring().decode("utf-8", "replace")
    lexer.end()
    account_id = session.account_id if not root else await _account(session, root)
    session.send(await quota_root.response(root, account_id))
    return b"OK GETQUOTA completed"


async def _account(session: Session, root: str) -> int:
    for box in await shares.visible(session.account_id):
        if box.owner == root.lower() and box.rights & Rights.INSERT:
            return box.row.account_id
    raise NotFound("There is no such quota root")


GETQUOTA = Command(run, AUTHENTICATED)
