"""The web's search over an account: words in the full-text index, conditions on the rows, newest first.

Trash and Junk are left out unless the search names them (`in:trash`) or asks for all (`in:anywhere`). Of very
many hits the newest 10,000 count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import clock, db
from backend.mailstore import fulltext, mailboxes
from backend.mailstore.fulltext import Conditions
from backend.mailstore.mailbox_names import INBOX
from backend.mailstore.search_syntax import Query, parse
from backend.mailstore.types import MailboxId, MailboxRow, SpecialUse

MAX_HITS = 10_000
_HIDDEN = (SpecialUse.TRASH, SpecialUse.JUNK)
_ALIASES = {"spam": "junk", "bin": "trash"}
_EVERYWHERE = ("anywhere", "all")


@dataclass(frozen=True, slots=True)
class Found:
    """A window of the hits, and how many there are."""

    total: int
    refs: list[int]


async def search(
    account_id: int, text: str, *, mailbox_id: int | None = None, offset: int = 0, limit: int = 60
) -> Found:
    """Search an account, or one of its mailboxes. An empty search, or an unknown mailbox in it, finds
    nothing.
    """
    refs = await all_refs(account_id, text, mailbox_id=mailbox_id)
    return Found(len(refs), refs[offset : offset + limit])


async def all_refs(
    account_id: int, text: str, *, mailbox_id: int | None = None, limit: int = MAX_HITS
) -> list[int]:
    """The refs of the newest hits of a search, at most `limit`."""
    query = parse(text, now=clock.now())
    rows = await mailboxes.list_mailboxes(account_id)
    among = _mailboxes(rows, query, mailbox_id)
    if not among or query == Query():
        return []
    conditions = _conditions(query, among)
    if query.phrases:
        # What arrived a moment ago is found too, unless a great deal did.
        await fulltext.index_pending()
        return await fulltext.engine().search(account_id, query.phrases, conditions, limit)
    return await _search_rows(conditions, limit)


def _mailboxes(rows: list[MailboxRow], query: Query, mailbox_id: int | None) -> list[MailboxId]:
    if mailbox_id is not None:
        return [row.id for row in rows if row.id == mailbox_id]
    wanted = query.mailbox.casefold()
    if wanted in _EVERYWHERE:
        return [row.id for row in rows]
    if not wanted:
        return [row.id for row in rows if row.special_use not in _HIDDEN]
    use = _ALIASES.get(wanted, wanted)
    named = [row.id for row in rows if row.special_use == use or row.name.casefold() == wanted]
    if wanted == "inbox":
        named = [row.id for row in rows if row.name == INBOX]
    return named or [row.id for row in rows if row.name.casefold().rpartition("/")[2] == wanted]


def _conditions(query: Query, among: Sequence[int]) -> Conditions:
    has = query.has_attachments
    asked: list[tuple[str, int | None]] = [
        ("m.flags & ? = 0", query.flags_clear or None),
        ("~m.flags & ? = 0", query.flags_set or None),
        ("m.internal_at >= ?", query.after),
        ("m.internal_at < ?", query.before),
        ("m.size_bytes > ?", query.larger),
        ("m.size_bytes < ?", query.smaller),
        ("e.has_attachments = ?", None if has is None else int(has)),
    ]
    held = [(condition, value) for condition, value in asked if value is not None]
    where = " AND ".join([f"m.mailbox_id IN ({db.marks(len(among))})", *(condition for condition, _ in held)])
    return Conditions(where, (*among, *(value for _, value in held)))


async def _search_rows(conditions: Conditions, limit: int) -> list[int]:
    rows = await db.scan(
        f"SELECT m.ref FROM message m{conditions.join('email')} WHERE {conditions.where}"
        " ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
        *conditions.args,
        limit,
    )
    return [row[0] for row in rows]
