"""COPY and MOVE."""

from __future__ import annotations

import pytest

from backend.kit import db
from backend.kit.errors import NotFound, OverQuota
from backend.mailstore import copy_move, flags, ingest, mailboxes, quota, reader
from backend.mailstore.changes import changes_since
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import column, message
from tests.backend.mailstore.test_flags import fill


async def test_copies_share_the_email_and_ascend_with_the_originals(account: int) -> None:
    box = await fill(account, 40)
    await flags.store(box, account, [5], add=flags.SEEN)
    archive = await mailboxes.by_use(account, "archive")

    result = await copy_move.copy(account, box, [9, 5, 30, 77], archive.id)

    after = await mailboxes.by_id(account, archive.id)
    assert result.pairs == [(5, 1), (9, 2), (30, 3)]
    assert (result.uidvalidity, after.exists, after.unseen, after.uidnext) == (archive.uidvalidity, 3, 2, 4)
    old = await column(box, "email_id")
    new = await column(archive.id, "email_id")
    assert new == {1: old[5], 2: old[9], 3: old[30]}
    assert (await quota.usage(account)).message_count == 43
    await assert_consistent()


async def test_a_copy_past_the_quota_copies_nothing(account: int) -> None:
    box = await fill(account, 3)
    archive = await mailboxes.by_use(account, "archive")
    used = (await quota.usage(account)).used_bytes

    with pytest.raises(OverQuota):
        await copy_move.copy(account, box, [1, 2, 3], archive.id, quota_bytes=2 * used - 1)

    assert (await mailboxes.by_id(account, archive.id)).uidnext == 1
    await assert_consistent()


async def test_a_move_keeps_refs_and_leaves_tombstones(account: int) -> None:
    box = await fill(account, 30)
    archive = await mailboxes.by_use(account, "archive")
    refs = await column(box, "ref")
    known = (await mailboxes.by_id(account, box)).modseq

    result = await copy_move.move(account, box, [2, 20, 29], archive.id)

    assert result.pairs == [(2, 1), (20, 2), (29, 3)]
    moved = await column(archive.id, "ref")
    assert moved == {1: refs[2], 2: refs[20], 3: refs[29]}
    assert (await changes_since(box, known)).expunged == [2, 20, 29]
    assert (await mailboxes.by_id(account, box)).exists == 27
    await assert_consistent()


async def test_a_move_within_a_mailbox_gives_new_uids(account: int) -> None:
    box = await fill(account, 3)

    result = await copy_move.move(account, box, [1, 2], box)

    row = await mailboxes.by_id(account, box)
    assert (result.pairs, row.exists, row.uidnext) == ([(1, 4), (2, 5)], 3, 6)
    await assert_consistent()


async def test_a_message_moved_to_and_fro_keeps_one_ref(account: int) -> None:
    done = await ingest.store(message(), account, "inbox")
    archive = await mailboxes.by_use(account, "archive")

    await copy_move.move_refs(account, [done.ref], archive.id)
    await copy_move.copy(account, archive.id, [1], done.mailbox_id)
    result = await copy_move.move_refs(account, [done.ref, 3], done.mailbox_id)

    assert (result.done, result.missing) == ([done.ref], [3])
    rows = await reader.fetch_columns(done.mailbox_id, 1, 9, ("ref",))
    assert [uid for uid, _ in rows] == [2, 3]
    assert rows[1][1] == done.ref
    assert rows[0][1] != done.ref
    await assert_consistent()


async def test_moving_where_it_is_changes_nothing(account: int) -> None:
    done = await ingest.store(message(), account, "inbox")

    result = await copy_move.move_refs(account, [done.ref], done.mailbox_id)

    assert result.done == [done.ref]
    assert (await mailboxes.by_use(account, "inbox")).modseq == done.modseq


async def test_an_unknown_or_foreign_target_is_refused(any_account: int) -> None:
    box = await fill(any_account, 2)
    stranger = any_account + 1
    await db.write(lambda tx: mailboxes.create_standard(tx, stranger))
    theirs = await mailboxes.by_use(stranger, "inbox")

    for target in (theirs.id, 1 << 30):
        with pytest.raises(NotFound):
            await copy_move.copy(any_account, box, [1], target)
        with pytest.raises(NotFound):
            await copy_move.move(any_account, box, [1], target)
        with pytest.raises(NotFound):
            await copy_move.move_refs(any_account, [1], target)
        with pytest.raises(NotFound):
            await copy_move.copy(any_account, box, [99], target)

    assert (await mailboxes.by_id(any_account, box)).exists == 2
    await assert_consistent()
