"""STORE: flags, keywords, UNCHANGEDSINCE."""

from __future__ import annotations

from functools import partial

import pytest

from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore import changes, flags, index, ingest, mailboxes
from backend.mailstore.flags import ANSWERED, DELETED, FLAGGED, SEEN
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message


async def fill(account_id: int, count: int) -> int:
    """Put messages into INBOX; its id."""
    prepared = await ingest.prepare(message())

    async def verb(tx: db.Tx) -> int:
        for number in range(count):
            done = await ingest.ingest(tx, prepared, account_id, "inbox", is_new_blob=number == 0)
        return done.mailbox_id

    return await db.write(verb)


async def test_store_adds_removes_and_replaces(account: int) -> None:
    box = await fill(account, 3)

    added = await flags.store(box, account, [1, 2], add=SEEN | FLAGGED)
    removed = await flags.store(box, account, [2], remove=SEEN)
    replaced = await flags.store(box, account, [1, 3], replace=DELETED)

    assert (added.changed, added.flags) == ([1, 2], [SEEN | FLAGGED, SEEN | FLAGGED])
    assert (removed.changed, removed.flags) == ([2], [FLAGGED])
    assert (replaced.changed, replaced.flags) == ([1, 3], [DELETED, DELETED])
    assert added.modseq < removed.modseq < replaced.modseq
    row = await mailboxes.by_id(account, box)
    assert (row.unseen, row.deleted, row.modseq) == (3, 2, replaced.modseq)
    await assert_consistent()


async def test_a_message_that_has_the_flags_keeps_its_modseq(account: int) -> None:
    box = await fill(account, 2)
    first = await flags.store(box, account, [1], add=SEEN)

    again = await flags.store(box, account, [1, 2], add=SEEN)

    assert again.unchanged == [1]
    assert (again.changed, again.flags) == ([2], [SEEN])
    rows = await db.fetch_rows("SELECT modseq FROM message ORDER BY id")
    assert rows == [(first.modseq,), (again.modseq,)]


async def test_flags_that_all_are_so_already_write_nothing(any_account: int) -> None:
    box = await fill(any_account, 3)
    first = await flags.store(box, any_account, [1, 2], add=SEEN)
    opened = await index.open(box)

    again = await flags.store(box, any_account, [1, 2], add=SEEN, told=0, unchanged_since=first.before)

    assert (again.modseq, again.before) == (first.modseq, first.modseq)
    assert (again.unchanged, again.modified, again.overtaken) == ([], [1, 2], [1, 2])
    assert (await flags.store(box, any_account, [3], remove=SEEN)).unchanged == [3]
    assert await changes.account_state(any_account) == first.modseq
    index.close(opened)


async def test_what_an_index_knows_does_not_spare_a_store_others_have_undone(any_account: int) -> None:
    box = await fill(any_account, 2)
    await flags.store(box, any_account, [1], add=SEEN)
    opened = await index.open(box)
    undo = flags.change_of(remove=SEEN)
    await db.write(lambda tx: flags.store_in(tx, any_account, box, [1], change=undo))  # as another process

    result = await flags.store(box, any_account, [1], add=SEEN)

    assert (result.changed, result.flags) == ([1], [SEEN])
    assert (await mailboxes.by_id(any_account, box)).unseen == 1
    index.close(opened)


async def test_store_unchangedsince_skips_newer_messages(any_account: int) -> None:
    box = await fill(any_account, 3)
    known = (await mailboxes.by_id(any_account, box)).modseq
    await flags.store(box, any_account, [2], add=FLAGGED)

    result = await flags.store(box, any_account, [1, 2, 3], add=SEEN, unchanged_since=known)

    assert result.changed == [1, 3]
    assert result.modified == [2]
    assert (await mailboxes.by_id(any_account, box)).unseen == 1
    await assert_consistent()


async def test_scattered_uids_and_unknown_ones(account: int) -> None:
    box = await fill(account, 60)
    wanted = [*range(1, 60, 3), 500, 0, 1 << 40]

    result = await flags.store(box, account, wanted, add=SEEN)

    assert result.changed == list(range(1, 60, 3))
    assert (await mailboxes.by_id(account, box)).unseen == 40
    await assert_consistent()


async def test_nobody_stores_into_another_accounts_mailbox(account: int) -> None:
    box = await fill(account, 1)
    stranger = account + 1
    await db.write(lambda tx: mailboxes.create_standard(tx, stranger))

    opened = await index.open(box)

    for nobody in (stranger, 12):
        with pytest.raises(NotFound):
            await flags.store(box, nobody, [1], add=SEEN)
        with pytest.raises(NotFound):
            await flags.store(box, nobody, [1], remove=SEEN)

    assert (await mailboxes.by_id(account, box)).unseen == 1
    index.close(opened)


async def test_store_refs_works_across_mailboxes(any_account: int) -> None:
    first = await ingest.store(message(), any_account, "inbox")
    second = await ingest.store(message(), any_account, "archive")

    result = await flags.store_refs(any_account, [second.ref, 77, first.ref], add=SEEN | ANSWERED)

    assert (result.done, result.missing) == ([second.ref, first.ref], [77])
    for use in ("inbox", "archive"):
        row = await mailboxes.by_use(any_account, use)
        assert (row.unseen, row.modseq) == (0, result.modseq)
    await assert_consistent()


async def test_keywords_keep_their_bits_and_their_first_spelling(any_account: int) -> None:
    bits = await db.write(lambda tx: flags.keyword_bits(tx, any_account, ["$Forwarded", "Work"]))
    again = await db.write(lambda tx: flags.keyword_bits(tx, any_account, ["WORK", "Later"]))

    assert bits == flags.FORWARDED | 1 << 10
    assert again == 1 << 10 | 1 << 11
    names = await flags.keyword_names(any_account, again)
    assert flags.keywords_of(bits | again, names) == ["$Forwarded", "Work", "Later"]
    assert await flags.find_keyword_bits(any_account, ["work", "none"]) == (1 << 10, 0)


async def test_keywords_are_limited_and_atoms(account: int) -> None:
    await db.write(lambda tx: flags.keyword_bits(tx, account, [f"k{number}" for number in range(42)]))

    with pytest.raises(LimitExceeded):
        await db.write(lambda tx: flags.keyword_bits(tx, account, ["one-more"]))
    for name in ("with space", "", "\\Seen", "a" * 101, "a]"):
        with pytest.raises((InvalidSyntax, LimitExceeded)):
            await db.write(partial(flags.keyword_bits, account_id=account, names=[name]))

    assert len(await flags.keyword_names(account)) == 47
