"""The one door for every message."""

from __future__ import annotations

import pytest

from backend.kit import blobs, db
from backend.kit.errors import NotFound, OverQuota
from backend.mailstore import flags, ingest, mailboxes, quota, reader
from schema.events import Event, MailboxChanged
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message


async def test_a_message_comes_to_lie_in_its_mailbox(any_account: int) -> None:
    raw = message("First")

    done = await ingest.store(raw, any_account, "inbox", flags=flags.FLAGGED, internal_at=1_750_000_000)

    inbox = await mailboxes.by_use(any_account, "inbox")
    assert (done.mailbox_id, done.uid, done.uidvalidity) == (inbox.id, 1, inbox.uidvalidity)
    assert (inbox.exists, inbox.unseen, inbox.deleted, inbox.uidnext) == (1, 1, 0, 2)
    assert (inbox.size_bytes, inbox.modseq) == (len(raw), done.modseq)
    assert await reader.read_message(any_account, done.ref) == raw
    assert await reader.fetch_columns(inbox.id, 1, 9, ("flags", "internal_at", "subject")) == [
        (1, flags.FLAGGED, 1_750_000_000, "First")
    ]
    assert await quota.usage(any_account) == quota.Usage(len(raw), 1)
    await assert_consistent()


async def test_one_prepared_message_serves_several_accounts_with_one_body(any_account: int) -> None:
    other = any_account + 1
    await db.write(lambda tx: mailboxes.create_standard(tx, other))
    prepared = await ingest.prepare(message())

    async def verb(tx: db.Tx) -> list[ingest.Ingested]:
        return [
            await ingest.ingest(tx, prepared, any_account, "inbox", prefix=b"Delivered-To: a\r\n"),
            await ingest.ingest(
                tx, prepared, other, "junk", prefix=b"Delivered-To: b\r\n", is_new_blob=False
            ),
        ]

    first, second = await db.write(verb)

    assert await db.fetch_rows("SELECT id, refs FROM blob") == [(prepared.blob_id, 2)]
    assert await reader.read_message(any_account, first.ref) == b"Delivered-To: a\r\n" + message()
    assert await reader.read_message(other, second.ref) == b"Delivered-To: b\r\n" + message()
    await assert_consistent()


async def test_a_large_body_lies_in_the_blob_store(account: int) -> None:
    raw = message(body="x" * (blobs.SMALL_BYTES + 1))

    done = await ingest.store(raw, account, "inbox")

    assert await db.fetch_value("SELECT COUNT(*) FROM blob_data") == 0
    assert await reader.read_message(account, done.ref) == raw


async def test_a_full_mailbox_refuses_and_nothing_changes(account: int) -> None:
    raw = message()
    await ingest.store(raw, account, "inbox", quota_bytes=len(raw))
    before = await _state(account)

    with pytest.raises(OverQuota) as refusal:
        await ingest.store(raw, account, "inbox", quota_bytes=2 * len(raw) - 1)

    assert refusal.value.needed_bytes == 1
    assert await _state(account) == before


async def test_a_refusal_inside_a_larger_transaction_leaves_nothing_of_the_message(any_account: int) -> None:
    prepared = await ingest.prepare(message())

    async def verb(tx: db.Tx) -> ingest.Ingested:
        with pytest.raises(OverQuota):
            await ingest.ingest(tx, prepared, any_account, "inbox", quota_bytes=1)
        with pytest.raises(NotFound):
            await ingest.ingest(tx, prepared, any_account, 1 << 30)
        return await ingest.ingest(tx, prepared, any_account, "inbox")

    done = await db.write(verb)

    assert done.uid == 1
    assert await quota.usage(any_account) == quota.Usage(prepared.size_bytes, 1)
    await assert_consistent()


async def test_a_message_cannot_go_into_another_accounts_mailbox(account: int) -> None:
    other = account + 1
    await db.write(lambda tx: mailboxes.create_standard(tx, other))
    theirs = await mailboxes.by_use(other, "inbox")

    with pytest.raises(NotFound):
        await ingest.store(message(), account, theirs.id)

    assert (await mailboxes.by_use(other, "inbox")).exists == 0
    assert await quota.usage(account) == quota.Usage(0, 0)


async def test_a_deleted_junk_mailbox_is_made_again_for_a_delivery(any_account: int) -> None:
    old = await mailboxes.by_use(any_account, "junk")
    await mailboxes.delete(any_account, "Junk")

    done = await ingest.store(message(), any_account, "junk")

    new = await mailboxes.by_use(any_account, "junk")
    assert (new.name, new.exists, done.mailbox_id) == ("Junk", 1, new.id)
    assert new.id > old.id
    assert new.uidvalidity > old.uidvalidity


async def test_keywords_and_flags_are_stored_and_counted(account: int) -> None:
    done = await ingest.store(
        message(), account, "inbox", flags=flags.SEEN | flags.DELETED, keywords=("$Junk", "Project")
    )

    inbox = await mailboxes.by_use(account, "inbox")
    [(_, stored)] = await reader.fetch_columns(inbox.id, 1, 1, ("flags",))
    names = await flags.keyword_names(account, stored)
    assert (inbox.unseen, inbox.deleted) == (0, 1)
    assert stored & (flags.SEEN | flags.DELETED | flags.JUNK) == flags.SEEN | flags.DELETED | flags.JUNK
    assert flags.keywords_of(stored, names) == ["$Junk", "Project"]
    assert done.modseq == inbox.modseq


async def test_text_that_no_column_takes_is_cleaned(any_account: int) -> None:
    raw = (
        b"Subject: nul \0 here\r\nFrom: =?utf-8?q?=00=ED=A0=80?= <a@b.test>\r\n\r\n"
        b"body\0end \xff\xed\xa0\x80\r\n"
    )

    done = await ingest.store(raw, any_account, "inbox")

    assert await reader.read_message(any_account, done.ref) == raw
    [(_, subject)] = await reader.fetch_columns(done.mailbox_id, 1, 1, ("subject",))
    assert "\0" not in subject


async def test_the_change_is_announced_after_the_commit(account: int) -> None:
    seen: list[Event] = []
    db.set_publisher(seen.extend)

    done = await ingest.store(message(), account, "inbox")

    assert seen == [MailboxChanged(account, done.mailbox_id, done.modseq)]


async def _state(account_id: int) -> object:
    counts = [
        await db.fetch_value(f"SELECT COUNT(*) FROM {table}")
        for table in ("message", "email", "email_text", "blob", "blob_data", "thread_key", "search_pending")
    ]
    account = await db.fetch_row("SELECT * FROM account WHERE id = ?", account_id)
    return counts, account, await mailboxes.list_mailboxes(account_id)


async def test_several_messages_come_together_or_not_at_all(any_account: int) -> None:
    prepared = [await ingest.prepare(message(f"Number {n}")) for n in range(40)]
    filings: list[ingest.Filing] = [
        {"flags": flags.SEEN * (n % 2), "keywords": ["$Work"] * (n == 3), "internal_at": n or None}
        for n in range(40)
    ]
    messages = list(zip(prepared, filings, strict=True))

    done = await db.write(lambda tx: ingest.ingest_all(tx, messages, any_account, "inbox"))

    inbox = await mailboxes.by_use(any_account, "inbox")
    assert [one.uid for one in done] == list(range(1, 41))
    assert {one.modseq for one in done} == {inbox.modseq}
    rows = await reader.fetch_columns(inbox.id, 1, 99, ("subject", "flags", "internal_at"))
    assert [row[1] for row in rows] == [f"Number {n}" for n in range(40)]
    assert [row[2] & flags.SEEN for row in rows] == [n % 2 for n in range(40)]
    assert [row[3] for row in rows[1:]] == list(range(1, 40))
    assert rows[3][2] >> 10
    await assert_consistent()

    filings[0]["quota_bytes"] = inbox.size_bytes + 1
    with pytest.raises(OverQuota):
        await db.write(lambda tx: ingest.ingest_all(tx, messages, any_account, "inbox"))
    assert (await mailboxes.by_use(any_account, "inbox")).exists == 40
