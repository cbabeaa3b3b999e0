"""Open mailboxes in memory, and what their clients have been told."""

from __future__ import annotations

import random
from typing import Any

import pytest

from backend.kit import db
from backend.kit.errors import NotFound
from backend.mailstore import expunge, flag_log, flags, index, ingest, mailboxes, reader_flags, retention
from backend.mailstore.changes import RowChanges, row_changes_since
from backend.mailstore.columns import Columns
from backend.mailstore.view import News, View
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.test_flags import fill


def known(view: View) -> list[tuple[int, int]]:
    """What a client sees: UIDs and flags in the order of sequence numbers."""
    return [(view.uid(number), view.columns.flags[number - 1]) for number in range(1, len(view) + 1)]


async def test_an_index_loads_and_follows(account: int) -> None:
    box = await fill(account, 3)
    opened = await index.open(box)
    view = opened.view()

    await flags.store(box, account, [2], add=flags.SEEN)
    await ingest.store(message(), account, "inbox")
    await opened.refresh()

    assert view.sync(expunges=True) == News(exists=4, changed=[2])
    assert known(view) == [(1, 0), (2, flags.SEEN), (3, 0), (4, 0)]
    assert view.modseq == (await mailboxes.by_id(account, box)).modseq
    assert view.sync(expunges=True) == News()
    index.close(opened)


async def test_expunged_messages_are_told_in_descending_order(account: int) -> None:
    box = await fill(account, 6)
    opened = await index.open(box)
    view = opened.view()
    await flags.store(box, account, [2, 3, 6], add=flags.DELETED)
    await expunge.expunge(box, account)

    await opened.refresh()
    news = view.sync(expunges=True)

    assert (news.expunged, news.vanished, news.exists) == ([6, 3, 2], [2, 3, 6], None)
    assert [uid for uid, _ in known(view)] == [1, 4, 5]
    assert (view.sequence_number(4), view.sequence_number(3), view.max_uid) == (2, 0, 5)
    index.close(opened)


async def test_a_view_stands_still_until_it_may_expunge(account: int) -> None:
    box = await fill(account, 4)
    opened = await index.open(box)
    slow, quick = opened.view(), opened.view()
    await flags.store(box, account, [2], add=flags.DELETED)
    await expunge.expunge(box, account)
    await ingest.store(message(), account, "inbox")
    await flags.store(box, account, [3], add=flags.FLAGGED)
    await opened.refresh()

    assert quick.sync(expunges=True) == News(expunged=[2], vanished=[2], exists=4, changed=[3])
    assert slow.sync(expunges=False) == News(changed=[2, 3])
    assert known(slow) == [(1, 0), (2, flags.DELETED), (3, flags.FLAGGED), (4, 0)]

    await flags.store(box, account, [4], add=flags.SEEN)
    await opened.refresh()

    assert slow.sync(expunges=True) == News(expunged=[2], vanished=[2], exists=4, changed=[4])
    assert known(slow) == [(1, 0), (3, flags.FLAGGED), (4, flags.SEEN), (5, 0)]
    index.close(opened)


async def test_a_view_that_stands_still_may_take_in_new_messages(account: int) -> None:
    box = await fill(account, 4)
    opened = await index.open(box)
    view, other = opened.view(), opened.view()
    await flags.store(box, account, [2, 4], add=flags.DELETED)
    await expunge.expunge(box, account)
    for _ in range(2):
        await ingest.store(message(), account, "inbox")
    await opened.refresh()

    assert view.sync(expunges=False, arrivals=True) == News(exists=6, changed=[2, 4])
    assert [uid for uid, _ in known(view)] == [1, 2, 3, 4, 5, 6]
    assert view.sync(expunges=False, arrivals=True) == News()
    assert (view.sequence_number(6), len(other)) == (6, 4)

    await flags.store(box, account, [5], add=flags.DELETED)
    await expunge.expunge(box, account)
    await opened.refresh()

    assert view.sync(expunges=True) == News(expunged=[5, 4, 2], vanished=[2, 4, 5])
    assert [uid for uid, _ in known(view)] == [1, 3, 6]
    index.close(opened)


async def test_sessions_share_an_index_and_idle_ones_stay(account: int) -> None:
    box = await fill(account, 1)

    first, second = await index.open(box), await index.open(box)
    index.close(first)
    index.close(second)
    third = await index.open(box)

    assert first is second is third
    index.close(third)


async def test_idle_indexes_go_when_there_are_too_many_messages(
    account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "IDLE_MESSAGES", 3)
    inbox = await fill(account, 3)
    archive = (await ingest.store(message(), account, "archive")).mailbox_id
    first = await index.open(inbox)
    index.close(first)

    second = await index.open(archive)
    index.close(second)

    assert await index.open(inbox) is not first
    assert await index.open(archive) is second


async def test_a_mailbox_that_is_gone_cannot_be_opened(account: int) -> None:
    with pytest.raises(NotFound):
        await index.open(1 << 30)


async def test_an_index_that_lost_the_thread_is_loaded_anew(account: int) -> None:
    box = await fill(account, 4)
    opened = await index.open(box)
    view = opened.view()
    await flags.store(box, account, [1, 3], add=flags.DELETED)
    await expunge.expunge(box, account)
    await db.write(lambda tx: tx.execute("UPDATE expunged SET expunged_at = 0"))
    await retention.prune_tombstones()

    await opened.refresh()

    assert view.sync(expunges=True) == News(expunged=[3, 1], vanished=[1, 3])
    index.close(opened)


async def test_long_logs_are_cut_and_nothing_is_missed(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LOGGED_CHANGES", 3)
    box = await fill(account, 8)
    opened = await index.open(box)
    view = opened.view()
    for uid in (5, 1, 7, 3, 2):
        await flags.store(box, account, [uid], add=flags.SEEN)
        await opened.refresh()

    assert view.sync(expunges=True).changed == [1, 2, 3, 5, 7]
    index.close(opened)


def test_columns_without_scattered_positions() -> None:
    rows = [(uid, uid % 3, uid, uid * 10, uid) for uid in range(1, 2001)]
    gone = sorted(random.Random(1).sample(range(2000), 700))
    columns = Columns(rows)

    left = columns.without(gone)

    expected = [row for at, row in enumerate(rows) if at not in set(gone)]
    assert list(zip(left.uids, left.flags, left.modseqs, left.sizes, left.dates, strict=True)) == expected
    assert len(columns) == 2000
    assert [columns.find(uid) for uid in (1, 2000, 2001)] == [0, 1999, -1]


def test_sizes_and_dates_beyond_32_bits_are_cut() -> None:
    columns = Columns([(1, 0, 1, 1 << 40, -5)])
    columns.append([(2, 0, 1, 1 << 40, -5)])

    assert list(columns.sizes) == [(1 << 32) - 1] * 2
    assert list(columns.dates) == [0, 0]


async def test_changes_made_while_tables_are_read_are_not_overwritten(
    account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = await fill(account, 3)
    opened = await index.open(box)
    view, follow = opened.view(), index.follow_flags
    late: list[tuple[Any, ...]] = []
    monkeypatch.setattr(index, "follow_flags", lambda *args: late.append(args))
    await flags.store(box, account, [1, 3], add=flags.SEEN | flags.DELETED)

    async def slow(*args: int) -> RowChanges:
        """What happens between the reading and its end: the one change is followed, and two more come."""
        found = await row_changes_since(*args)
        monkeypatch.undo()
        follow(*late[0])
        await flags.store(box, account, [1], remove=flags.SEEN | flags.DELETED)
        await expunge.expunge(box, account, [3])
        return found

    monkeypatch.setattr(index, "row_changes_since", slow)
    await opened.refresh()
    await opened.refresh()

    assert view.sync(expunges=True) == News(expunged=[3], vanished=[3], changed=[1])
    assert known(view) == [(1, 0), (2, 0)]
    index.close(opened)


@pytest.mark.parametrize("is_reader", [False, True])
async def test_messages_that_arrive_and_are_flagged_while_tables_are_read_come_together(
    account: int, monkeypatch: pytest.MonkeyPatch, is_reader: bool
) -> None:
    """A later one must not be taken in before an earlier one: it could not be put below it."""
    box, reader = await fill(account, 1), account + 1 if is_reader else 0
    if reader:
        await reader_flags.store(reader, account, box, [1], flags.change_of(add=flags.SEEN))
    opened, read = await index.open(box, reader), flag_log.changed_since
    await ingest.store(message(), account, box)
    await opened.refresh()
    monkeypatch.setattr(index, "follow_flags", lambda *args: None)  # as if another process had done it
    await flags.store(box, account, [1], add=flags.FLAGGED)

    async def meanwhile(*args: int) -> list[int]:
        monkeypatch.undo()
        for _ in range(2):
            await ingest.store(message(), account, box)
        if reader:
            await reader_flags.store(reader, account, box, [4], flags.change_of(add=flags.SEEN))
        else:
            await flags.store(box, account, [4], add=flags.SEEN)
        return await read(*args)

    monkeypatch.setattr(flag_log, "changed_since", meanwhile)
    await opened.refresh(opened.modseq + 1)
    await opened.refresh()

    assert known(opened.view()) == [
        (1, flags.FLAGGED | (flags.SEEN if is_reader else 0)),
        (2, 0),
        (3, 0),
        (4, flags.SEEN),
    ]
    index.close(opened)
