"""Drafts: messages in the Drafts mailbox, replaced as they are written."""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import limits, settings
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, NotFound
from backend.mailstore import expunge, ingest, modseq, reader, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.selection import by_uids
from backend.mailstore.timers import TimerKind
from backend.submission import draft_content
from backend.submission.draft_content import DraftContent, StoredDraft

_IS_DRAFT = (
    "SELECT 1 FROM message m JOIN mailbox b ON b.id = m.mailbox_id WHERE m.ref = ? AND m.account_id = ?"
    " AND ((m.flags & ?) <> 0 OR b.special_use = 'drafts')"
)
GONE = "This draft has been sent or discarded elsewhere"


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft and the message it is now."""

    ref: int
    stored: StoredDraft
    saved_at: int


async def save(account_id: int, content: DraftContent, *, replaces: int | None = None) -> SavedDraft:
    """Write a draft into Drafts, in the place of an earlier one of it.

    Raises Conflict where the earlier one is gone (written on, sent or discarded elsewhere) or waits for its
    time to be sent: nothing is written then. `fate.of_key` says what became of it.
    """
    max_bytes = await settings.get_number("message.max_bytes", user_id=account_id)
    earlier = await _header_of(account_id, replaces) if replaces is not None else None
    raw = await draft_content.write(account_id, content, max_bytes=max_bytes, earlier=earlier)
    prepared = await ingest.prepare(raw)
    quota = await limits.delivery_quota(account_id)

    async def verb(tx: Tx) -> int:
        if replaces is not None:
            if await timers.is_set(tx, account_id, replaces, TimerKind.SEND):
                raise Conflict("This draft has been scheduled elsewhere")
            await remove(tx, account_id, replaces)
        filed = await ingest.ingest(tx, prepared, account_id, "drafts", flags=DRAFT | SEEN, quota_bytes=quota)
        return filed.ref

    ref = await db.write(verb)
    return SavedDraft(ref, draft_content.read(raw, ref), clock.now())


async def _header_of(account_id: int, ref: int) -> bytes:
    try:
        return await reader.read_header(account_id, ref)
    except NotFound:
        # Before its files are looked for, which went with it; in the transaction `remove` looks again.
        raise Conflict(GONE) from None


async def find(account_id: int, ref: int) -> StoredDraft:
    """A draft of the account; raises NotFound for what is none."""
    if await db.fetch_value(_IS_DRAFT, ref, account_id, DRAFT) is None:
        raise NotFound("There is no such draft")
    return draft_content.read(await reader.read_message(account_id, ref), ref)


async def is_draft(tx: Tx, account_id: int, ref: int) -> bool:
    """Whether a message is a draft: it says so, or stands in Drafts, where some programs put theirs without
    the flag.
    """
    return await tx.fetch_value(_IS_DRAFT, ref, account_id, DRAFT) is not None


async def discard(account_id: int, ref: int) -> None:
    """Remove a draft for good."""

    async def verb(tx: Tx) -> None:
        await remove(tx, account_id, ref)

    await db.write(verb)


async def remove(tx: Tx, account_id: int, ref: int) -> None:
    """Part of a verb: take the draft out of its mailbox. Raises Conflict where it is not there, or no
    draft.
    """
    taken = await modseq.take(tx, account_id)
    places = await refs.locate(tx, account_id, [ref])
    if not await is_draft(tx, account_id, ref):
        raise Conflict(GONE)
    for mailbox_id, uids in refs.by_mailbox(places.values()).items():
        await expunge.remove(tx, account_id, mailbox_id, by_uids(mailbox_id, uids), taken)
