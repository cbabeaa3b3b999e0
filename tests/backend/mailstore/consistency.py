"""What must hold in the mail tables at any time between two transactions."""

from __future__ import annotations

from backend.kit import db
from backend.mailstore.types import mailbox_of, uid_of


async def assert_consistent() -> None:
    """Check counters, places, modseqs, quota and references against the rows themselves."""
    boxes = {row[0]: row for row in await db.scan(_MAILBOXES)}
    messages = await db.scan(_MESSAGES)
    for place_id, _, account_id, mailbox_id, _, _, modseq, _ in messages:
        assert mailbox_of(place_id) == mailbox_id
        assert boxes[mailbox_id][1] == account_id
        assert 0 < uid_of(place_id) < boxes[mailbox_id][2]
        assert modseq <= boxes[mailbox_id][7]
    for mailbox_id, _, _, *counters in boxes.values():
        rows = [row for row in messages if row[3] == mailbox_id]
        assert counters[:4] == [
            len(rows),
            sum(not row[5] & 1 for row in rows),
            sum(bool(row[5] & 8) for row in rows),
            sum(row[7] for row in rows),
        ]
    await _assert_accounts(boxes, messages)
    await _assert_references(messages)


_MAILBOXES = (
    "SELECT id, account_id, uidnext, exists_count, unseen_count, deleted_count, size_bytes, modseq"
    " FROM mailbox"
)


_MESSAGES = "SELECT id, ref, account_id, mailbox_id, email_id, flags, modseq, size_bytes FROM message"


async def _assert_accounts(boxes: dict[int, db.Row], messages: list[db.Row]) -> None:
    for account_id, modseq, used_bytes, count in await db.scan(
        "SELECT id, modseq, used_bytes, message_count FROM account"
    ):
        own = [row for row in messages if row[2] == account_id]
        assert (used_bytes, count) == (sum(row[7] for row in own), len(own))
        assert all(box[7] <= modseq for box in boxes.values() if box[1] == account_id)
    assert len({row[1] for row in messages}) == len(messages)


async def _assert_references(messages: list[db.Row]) -> None:
    emails = {row[0]: row[1] for row in await db.scan("SELECT id, blob_id FROM email")}
    named = {row[4] for row in messages}
    orphans = {row[0] for row in await db.scan("SELECT id FROM email_orphan")}
    assert named <= set(emails)
    assert set(emails) - named <= orphans
    for table in ("email_fields", "email_text"):
        assert {row[0] for row in await db.scan(f"SELECT id FROM {table}")} == set(emails)
    refs = {row[0]: row[1] for row in await db.scan("SELECT id, refs FROM blob WHERE refs > 0")}
    blobs = list(emails.values())
    assert refs == {blob_id: blobs.count(blob_id) for blob_id in blobs}
    graves = {row[0] for row in await db.scan("SELECT id FROM expunged")}
    assert not graves & {row[0] for row in messages}
