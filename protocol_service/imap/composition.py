"""Messages that APPEND and REPLACE store: their bytes out of literals and URLs (RFC 4469), and their filing.

What URLs name is counted before it is read, so that a short command cannot ask for more memory than a long
one.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit.errors import NotFound, PermissionDenied
from backend.mailstore import reader
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.ingest import Filing
from backend.mailstore.rights import Rights, permitted_flags
from protocol_service.imap import flag_names, limits
from protocol_service.imap.body_sections import LargeMessage
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar.append import Appended
from protocol_service.imap.grammar.fetch import BodyItem
from protocol_service.imap.grammar.imap_url import MessageUrl
from protocol_service.imap.reached import Reached, reach
from protocol_service.imap.session import Session


async def read(session: Session, messages: Sequence[Appended]) -> list[bytes]:
    """The bytes of each message. Raises `NO` with BADURL, TOOBIG, or CANNOT for an empty one."""
    budget = limits.after_login(session.max_message_bytes).command_bytes
    found: list[bytes] = []
    for message in messages:
        raw = await _read_one(session, message, min(budget, session.max_message_bytes))
        if not raw:
            raise Refused("A message cannot be empty", "CANNOT")
        budget -= len(raw)
        found.append(raw)
    return found


async def _read_one(session: Session, message: Appended, limit: int) -> bytes:
    pieces: list[bytes] = []
    for part in message.parts:
        piece = part if isinstance(part, bytes) else await _read_url(session, part, limit)
        limit -= len(piece)
        if limit < 0:
            raise _too_large()
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


async def _read_url(session: Session, url: MessageUrl, limit: int) -> bytes:
    try:
        row = (await reach(session, url.mailbox, Rights.READ)).row
    except (NotFound, PermissionDenied) as exc:
        raise url.bad(exc.public) from exc
    if url.uidvalidity not in {None, row.uidvalidity}:
        raise url.bad("The mailbox has another UIDVALIDITY")
    stored = await reader.fetch_columns(row.id, url.uid, url.uid, ("prefix", "blob_id", "parts"))
    if not stored:
        raise url.bad("There is no such message")
    _, prefix, blob_id, parts = stored[0]
    message = LargeMessage.of(bytes(prefix), blob_id, bytes(parts))
    found = await message.find(BodyItem(url.section, b"", is_peek=True))
    if isinstance(found, bytes):  # selected fields of a header
        return _cut(found, url)
    if not isinstance(found, tuple):
        raise url.bad("There is no such section")
    start, end = _within(found, url)
    if end - start > limit:
        raise _too_large()
    return await message.read(start, end)


def _cut(data: bytes, url: MessageUrl) -> bytes:
    start, end = _within((0, len(data)), url)
    return data[start:end]


def _within(found: tuple[int, int], url: MessageUrl) -> tuple[int, int]:
    """The wanted octets of what lies there."""
    start, end = found
    if url.partial is None:
        return start, end
    first, count = url.partial
    start = min(start + first, end)
    return start, end if count is None else min(start + count, end)


def _too_large() -> Refused:
    return Refused("The message is too large", "TOOBIG")


def filing(message: Appended, quota_bytes: int | None) -> Filing:
    """How a message is to be filed, as ingest takes it."""
    flags, keywords = flag_names.system_bits(message.flags)
    return {
        "flags": flags,
        "keywords": keywords,
        "internal_at": message.internal_at,
        "quota_bytes": quota_bytes,
    }


def limit(filings: Sequence[Filing], target: Reached) -> list[int]:
    """Leave of the flags what may be set in another's mailbox (RFC 4314 §4); the places of messages that are
    to be marked as read by the client alone.
    """
    if not target.user_id:
        return []
    permitted = permitted_flags(target.rights)
    seen = [at for at, filing in enumerate(filings) if filing["flags"] & permitted & SEEN]
    for filing in filings:
        filing["flags"] &= permitted & ~SEEN
        filing["keywords"] = filing["keywords"] if target.rights & Rights.WRITE else ()
    return seen
