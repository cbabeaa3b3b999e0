"""EXPUNGE, and destroying by refs."""

from __future__ import annotations

import pytest

from backend.kit import db
from backend.kit.errors import NotFound
from backend.mailstore import expunge, flags, ingest, mailboxes, quota
from backend.mailstore.changes import changes_since
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.test_flags import fill


async def test_only_messages_marked_deleted_go(any_account: int) -> None:
    box = await fill(any_account, 5)
    await flags.store(box, any_account, [2, 4], add=flags.DELETED)
    known = (await mailboxes.by_id(any_account, box)).modseq

    uids, modseq = await expunge.expunge(box, any_account)

    row = await mailboxes.by_id(any_account, box)
    assert (uids, row.exists, row.deleted, row.modseq, row.uidnext) == ([2, 4], 3, 0, modseq, 6)
    assert await changes_since(box, known) == (await changes_since(box, known))
    assert (await changes_since(box, known)).expunged == [2, 4]
    assert (await quota.usage(any_account)).message_count == 3
    await assert_consistent()


async def test_uid_expunge_keeps_to_its_uids(any_account: int) -> None:
    box = await fill(any_account, 4)
    await flags.store(box, any_account, [1, 2, 3], add=flags.DELETED)

    uids, _ = await expunge.expunge(box, any_account, [2, 3, 4, 99])

    assert uids == [2, 3]
    assert (await mailboxes.by_id(any_account, box)).deleted == 1


async def test_nothing_to_expunge_changes_nothing(any_account: int) -> None:
    box = await fill(any_account, 2)
    before = await mailboxes.by_id(any_account, box)

    uids, modseq = await expunge.expunge(box, any_account)

    assert (uids, modseq) == ([], before.modseq)
    assert await mailboxes.by_id(any_account, box) == before
    with pytest.raises(NotFound):
        await expunge.expunge(box, any_account + 1)


async def test_a_uid_is_never_given_twice(any_account: int) -> None:
    box = await fill(any_account, 3)
    await flags.store(box, any_account, [3], add=flags.DELETED)
    await expunge.expunge(box, any_account)

    done = await ingest.store(message(), any_account, "inbox")

    assert done.uid == 4


async def test_slices_add_up(any_account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expunge, "SLICE", 4)
    box = await fill(any_account, 11)
    await flags.store(box, any_account, range(1, 11), add=flags.DELETED)

    uids, modseq = await expunge.expunge(box, any_account)

    row = await mailboxes.by_id(any_account, box)
    assert (uids, row.exists, row.modseq) == (list(range(1, 11)), 1, modseq)
    assert await expunge.empty(any_account, box) == 1
    await mailboxes.create(any_account, "Big")
    await assert_consistent()


async def test_expunge_refs_removes_unmarked_messages_anywhere(any_account: int) -> None:
    first = await ingest.store(message(), any_account, "inbox")
    second = await ingest.store(message(), any_account, "trash")

    result = await expunge.expunge_refs(any_account, [first.ref, second.ref, 5])

    assert (result.done, result.missing) == ([first.ref, second.ref], [5])
    assert await db.fetch_value("SELECT COUNT(*) FROM message") == 0
    await assert_consistent()
