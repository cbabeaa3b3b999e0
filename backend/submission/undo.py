"""Held submissions: what waits, and bringing one back as a draft."""

from __future__ import annotations

from backend.directory import limits
from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, NotFound
from backend.mailstore import expunge, ingest, modseq, refs
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.selection import by_uids
from backend.spool import settlements
from backend.spool.types import Attempt
from backend.submission import draft_content, owner_copies
from backend.submission.drafts import SavedDraft
from backend.submission.submit import Submission
from schema.events import SubmissionChanged

MAX_LISTED = 200
KEEP_S = 7 * 86_400
_COLUMNS = "id, account_id, state, release_at, subject, to_text, error"


async def list_recent(account_id: int) -> list[Submission]:
    """What is held, and what left within the last minute, newest release first."""
    now = clock.now()
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM submission WHERE account_id = ? AND release_at > ?"
        " ORDER BY release_at DESC LIMIT ?",
        account_id,
        now - 60,
        MAX_LISTED,
    )
    return [_submission(row, now) for row in rows]


async def cancel(account_id: int, submission_id: int) -> SavedDraft:
    """Stop a held message and bring it back as a draft. Raises Conflict where it is already on its way."""
    row = await db.fetch_row(
        "SELECT draft_blob_id FROM submission WHERE id = ? AND account_id = ?", submission_id, account_id
    )
    if row is None:
        raise NotFound("There is no such message")
    if row[0] is None:
        raise Conflict("The message is already on its way")
    blob_id, raw = row[0], await blobs.read(row[0])
    prepared = await ingest.prepare(blob=(blob_id, len(raw), raw))
    quota = await limits.delivery_quota(account_id)

    async def verb(tx: Tx) -> int:
        spool_id, sent_ref = await _take_back(tx, account_id, submission_id)
        await _drop_from_spool(tx, spool_id)
        await _remove_sent(tx, account_id, sent_ref)
        filed = await ingest.ingest(tx, prepared, account_id, "drafts", flags=DRAFT | SEEN, quota_bytes=quota)
        await blobs.release(tx, blob_id)
        tx.announce(SubmissionChanged(account_id, submission_id))
        return filed.ref

    ref = await db.write(verb)
    copy = await db.fetch_row("SELECT owner_id, owner_ref FROM submission WHERE id = ?", submission_id)
    if copy is not None and copy[1] is not None:
        await owner_copies.remove(copy[0], copy[1])
    return SavedDraft(ref, draft_content.read(raw, ref), clock.now())


async def _take_back(tx: Tx, account_id: int, submission_id: int) -> tuple[int, int]:
    row = await tx.fetch_row(
        "UPDATE submission SET state = 'cancelled', draft_blob_id = NULL "
        "WHERE id = ? AND account_id = ? AND state = 'held' AND draft_blob_id IS NOT NULL"
        " RETURNING spool_id, sent_ref",
        submission_id,
        account_id,
    )
    if row is None:
        raise Conflict("The message is already on its way")
    return row[0], row[1]


async def _drop_from_spool(tx: Tx, spool_id: int) -> None:
    """Drop every recipient; raises Conflict where one has been taken up."""
    # Touching the rows first keeps a worker from claiming them between the look and the drop.
    untouched = await tx.fetch_rows(
        "UPDATE spool_recipient SET lease_node = 'cancelled' "
        "WHERE message_id = ? AND state < 2 AND attempts = 0 AND lease_node = '' RETURNING id",
        spool_id,
    )
    total = await tx.fetch_value("SELECT COUNT(*) FROM spool_recipient WHERE message_id = ?", spool_id)
    if not untouched or len(untouched) != total:
        raise Conflict("The message is already on its way")
    attempts = [Attempt(recipient_id, reply="Cancelled by the sender") for (recipient_id,) in untouched]
    await settlements.dropped(tx, spool_id, attempts, now=clock.now())


async def _remove_sent(tx: Tx, account_id: int, sent_ref: int) -> None:
    taken = await modseq.take(tx, account_id)
    places = await refs.locate(tx, account_id, [sent_ref])
    for mailbox_id, uids in refs.by_mailbox(places.values()).items():
        await expunge.remove(tx, account_id, mailbox_id, by_uids(mailbox_id, uids), taken)


async def settle() -> int:
    """Close what has left: it is sent, its draft's bytes are given back; old rows go. Called by a job."""

    async def verb(tx: Tx) -> int:
        now = clock.now()
        # One statement looks and closes: of two processes, or a sender who takes it back, one gets a row.
        rows = await tx.fetch_rows(
            "UPDATE submission SET state = 'sent' WHERE state = 'held' AND id IN (SELECT id FROM submission"
            " WHERE state = 'held' AND release_at < ? LIMIT 200) RETURNING id, account_id, draft_blob_id",
            now - 60,
        )
        for submission_id, account_id, blob_id in rows:
            if blob_id is not None:
                await tx.execute("UPDATE submission SET draft_blob_id = NULL WHERE id = ?", submission_id)
                await blobs.release(tx, blob_id)
            tx.announce(SubmissionChanged(account_id, submission_id))
        await tx.execute("DELETE FROM submission WHERE state <> 'held' AND release_at < ?", now - KEEP_S)
        return len(rows)

    return await db.write(verb)


def _submission(row: db.Row, now: int) -> Submission:
    found = Submission(*row)
    if found.state == "held" and found.release_at <= now:
        return Submission(found.id, found.account_id, "sent", found.release_at, found.subject, found.to_text)
    return found
