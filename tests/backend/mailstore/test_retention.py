"""What is removed later."""

from __future__ import annotations

from backend.kit import db
from backend.mailstore import copy_move, expunge, ingest, mailboxes, quota, retention
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message


async def test_an_email_goes_with_its_last_message(any_account: int) -> None:
    done = await ingest.store(message(), any_account, "inbox")
    archive = await mailboxes.by_use(any_account, "archive")
    await copy_move.copy(any_account, done.mailbox_id, [1], archive.id)
    await expunge.expunge_refs(any_account, [done.ref])

    assert await retention.sweep_emails() == 1
    assert await db.fetch_value("SELECT COUNT(*) FROM email") == 1
    await assert_consistent()
    await expunge.empty(any_account, archive.id)
    assert await retention.sweep_all_emails() == 1

    for table in ("email", "email_fields", "email_text", "email_orphan"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
    assert await db.fetch_value("SELECT SUM(refs) FROM blob") == 0
    assert await retention.sweep_emails() == 0
    await assert_consistent()


async def test_young_tombstones_stay(account: int) -> None:
    done = await ingest.store(message(), account, "inbox")
    await expunge.expunge_refs(account, [done.ref])

    assert await retention.prune_tombstones() == 0
    assert (await mailboxes.by_use(account, "inbox")).expunged_before == 0


async def test_recount_repairs_counters(any_account: int) -> None:
    await ingest.store(message(), any_account, "inbox", flags=8)
    await ingest.store(message(), any_account, "sent", flags=1)

    async def spoil(tx: db.Tx) -> None:
        await tx.execute(
            "UPDATE mailbox SET exists_count = 9, unseen_count = 9, deleted_count = 9, size_bytes = 9"
        )
        await tx.execute("UPDATE account SET used_bytes = 9, message_count = 9")

    await db.write(spoil)

    found = await db.write(lambda tx: quota.recount(tx, any_account))

    assert found == quota.Usage(2 * len(message()), 2)
    await assert_consistent()
