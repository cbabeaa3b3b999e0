"""What changed since a modseq."""

from __future__ import annotations

import pytest

from backend.kit import db
from backend.kit.errors import NotFound, SyncLost
from backend.mailstore import changes, expunge, flags, ingest, mailboxes, retention
from backend.mailstore.changes import changes_since
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.test_flags import fill


async def plain(mailbox_id: int, modseq: int) -> tuple[int, list[tuple[int, int, int]], list[int]]:
    """Changes as one comparable value."""
    found = await changes_since(mailbox_id, modseq)
    return found.modseq, [*found.changed], [*found.expunged]


async def test_changes_since_each_point(account: int) -> None:
    box = await fill(account, 2)
    start = (await mailboxes.by_id(account, box)).modseq
    stored = await flags.store(box, account, [1], add=flags.DELETED)
    _, expunged = await expunge.expunge(box, account)
    added = await ingest.store(message(), account, "inbox")

    assert await plain(box, start) == (added.modseq, [(3, 0, added.modseq)], [1])
    assert await plain(box, stored.modseq) == (added.modseq, [(3, 0, added.modseq)], [1])
    assert await plain(box, expunged) == (added.modseq, [(3, 0, added.modseq)], [])
    assert await plain(box, added.modseq) == (added.modseq, [], [])
    assert await changes.account_state(account) == added.modseq


async def test_many_changes_are_read_whole(any_account: int) -> None:
    box = await fill(any_account, changes.SHORT_ROWS + 10)

    found = await changes_since(box, 0)

    assert [uid for uid, _, _ in found.changed] == list(range(1, changes.SHORT_ROWS + 11))


async def test_before_the_first_tombstone_the_sync_is_lost(any_account: int) -> None:
    box = await fill(any_account, 2)
    start = (await mailboxes.by_id(any_account, box)).modseq
    await flags.store(box, any_account, [1], add=flags.DELETED)
    _, gone = await expunge.expunge(box, any_account)
    await db.write(lambda tx: tx.execute("UPDATE expunged SET expunged_at = 0"))

    assert await retention.prune_tombstones() == 2  # the flag goes with it

    with pytest.raises(SyncLost):
        await changes_since(box, start)
    assert await plain(box, gone) == (gone, [], [])
    with pytest.raises(NotFound):
        await changes_since(1 << 30, 0)
