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


async def test_only_messages_marked_deleted_go(account: int) -> None:
    box = await fill(account, 5)
    await flags.store(box, account, [2, 4], add=flags.DELETED)
    known = (await mailboxes.by_id(account, box)).modseq

    uids, modseq = await expunge.expunge(box, account)

    row = await mailboxes.by_id(account, box)
    assert (uids, row.exists, row.deleted, row.modseq, row.uidnext) == ([2, 4], 3, 0, modseq, 6)
    assert await changes_since(box, known) == (await changes_since(box, known))
    assert (await changes_since(box, known)).expunged == [2, 4]
    assert (await quota.usage(account)).message_count == 3
    await assert_consistent()


async def test_uid_expunge_keeps_to_its_uids(account: int) -> None:
    box = await fill(account, 4)
    await flags.store(box, account, [1, 2, 3], add=flags.DELETED)

    uids, _ = await expunge.expunge(box, account, [2, 3, 4, 99])

    assert uids == [2, 3]
    assert (await mailboxes.by_id(account, box)).deleted == 1


async def test_nothing_to_expunge_changes_nothing(account: int) -> None:
    box = await fill(account, 2)
    before = await mailboxes.by_id(account, box)

    uids, modseq = await expunge.expunge(box, account)

    assert (uids, modseq) == ([], before.modseq)
    assert await mailboxes.by_id(account, box) == before
    with pytest.raises(NotFound):
        await expunge.expunge(box, account + 1)


async def test_a_uid_is_never_given_twice(account: int) -> None:
    box = await fill(account, 3)
    await flags.store(box, account, [3], add=flags.DELETED)
    await expunge.expunge(box, account)

    done = await ingest.store(message(), account, "inbox")

    assert done.uid == 4


async def test_slices_add_up(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expunge, "SLICE", 4)
    box = await fill(account, 11)
    await flags.store(box, account, range(1, 11), add=flags.DELETED)

    uids, modseq = await expunge.expunge(box, account)

    row = await mailboxes.by_id(account, box)
    assert (uids, row.exists, row.modseq) == (list(range(1, 11)), 1, modseq)
    assert await expunge.empty(account, box) == 1
    await mailboxes.create(account, "Big")
    await assert_consistent()


async def test_expunge_refs_removes_unmarked_messages_anywhere(account: int) -> None:
    first = await ingest.store(message(), account, "inbox")
    second = await ingest.store(message(), account, "trash")

    result = await expunge.expunge_refs(account, [first.ref, second.ref, 5])

    assert (result.done, result.missing) == ([first.ref, second.ref], [5])
    assert await db.fetch_value("SELECT COUNT(*) FROM message") == 0
    await assert_consistent()
