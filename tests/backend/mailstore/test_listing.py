"""Windows of lists, and how lists change."""

from __future__ import annotations

import pytest

from backend.kit import db
from backend.kit.errors import InvalidSyntax, NotFound, SyncLost
from backend.mailstore import copy_move, expunge, flags, ingest, list_changes, listing, mailboxes
from tests.backend.mailstore.messages import message


async def fill_dated(account_id: int, dates: list[int]) -> tuple[int, list[int]]:
    """Messages with these internal dates in INBOX: its id and their refs."""
    refs = []
    for date in dates:
        done = await ingest.store(message(f"At {date}"), account_id, "inbox", internal_at=date)
        refs.append(done.ref)
    return done.mailbox_id, refs


async def test_every_window_of_both_orders(account: int) -> None:
    dates = [50, 10, 30, 30, 90, 70, 20]
    box, refs = await fill_dated(account, dates)
    oldest = [ref for _, ref in sorted(zip(dates, refs, strict=True))]

    for offset in range(9):
        for limit in (0, 1, 3, 10):
            down = await listing.window(box, offset, limit)
            up = await listing.window(box, offset, limit, "date_asc")
            assert [row.ref for row in down.rows] == oldest[::-1][offset : offset + limit]
            assert [row.ref for row in up.rows] == oldest[offset : offset + limit]
            assert down.total == up.total == 7


async def test_a_row_holds_what_a_list_shows(account: int) -> None:
    done = await ingest.store(
        message("Lunch?", sender="Ann B <ann@example.test>", body="At noon then."),
        account,
        "inbox",
        flags=flags.SEEN,
        internal_at=1_750_000_000,
    )

    [row] = (await listing.window(done.mailbox_id, 0, 10)).rows

    assert (row.ref, row.uid, row.mailbox_id, row.flags) == (done.ref, 1, done.mailbox_id, flags.SEEN)
    assert (row.from_name, row.from_addr, row.subject, row.preview) == (
        "Ann B", "ann@example.test", "Lunch?", "At noon then.",
    )  # fmt: skip
    assert (row.internal_at, row.has_attachments, row.thread_count) == (1_750_000_000, 0, 1)


async def test_bounds_of_a_window(account: int) -> None:
    box, _ = await fill_dated(account, [1])

    for offset, limit in ((-1, 1), (0, -1), (0, 501)):
        with pytest.raises(InvalidSyntax):
            await listing.window(box, offset, limit)
    with pytest.raises(NotFound):
        await listing.window(1 << 30, 0, 1)


async def test_rows_by_refs_keep_their_order_and_owner(any_account: int) -> None:
    _, refs = await fill_dated(any_account, [1, 2, 3])

    rows = await listing.rows(any_account, [refs[2], 9, refs[0]])

    assert [row.ref for row in rows] == [refs[2], refs[0]]
    assert await listing.rows(any_account + 1, refs) == []


async def test_thread_counts_copies_once(account: int) -> None:
    first = await ingest.store(message("Plan", message_id="a@x"), account, "inbox")
    await ingest.store(message("Re: Plan", message_id="b@x", references="<a@x>"), account, "sent")
    archive = await mailboxes.by_use(account, "archive")
    await copy_move.copy(account, first.mailbox_id, [1], archive.id)

    [row] = await listing.rows(account, [first.ref])
    thread = await listing.thread_rows(account, first.thread_id)

    assert row.thread_count == 2
    assert sorted(one.subject for one in thread) == ["Plan", "Plan", "Re: Plan"]


@pytest.mark.parametrize("sort", ["date", "date_asc"])
async def test_changes_turn_the_old_list_into_the_new(any_account: int, sort: listing.Sort) -> None:
    box, refs = await fill_dated(any_account, [50, 10, 30, 20])
    archive = await mailboxes.by_use(any_account, "archive")
    await copy_move.move_refs(any_account, [refs[3]], archive.id)
    before = await listing.window(box, 0, 100, sort)
    await fill_dated(any_account, [40, 60, 5, 30])
    await copy_move.move_refs(any_account, [refs[3]], box)
    await flags.store_refs(any_account, [refs[0]], add=flags.SEEN)
    await expunge.expunge_refs(any_account, [refs[1]])

    found = await listing.position_changes(box, before.modseq, sort)

    rows = [row for row in before.rows if row.ref not in found.removed]
    for added in found.added:
        rows.insert(added.index, added.row)
    updated = {row.ref: row for row in found.updated}
    after = await listing.window(box, 0, 100, sort)
    assert [updated.get(row.ref, row) for row in rows] == after.rows
    assert (found.total, found.modseq) == (after.total, after.modseq)
    assert set(updated) == {refs[0]}
    assert refs[1] in found.removed
    assert await listing.position_changes(box, found.modseq, sort) == listing.ListChanges(
        found.modseq, found.total, [], [], []
    )


async def test_too_many_changes_are_a_reset(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_changes, "MAX_CHANGES", 2)
    box, _ = await fill_dated(account, [1, 2, 3])

    with pytest.raises(SyncLost):
        await listing.position_changes(box, 0)
    assert (
        await listing.position_changes(box, await db.fetch_value("SELECT MIN(modseq) FROM message"))
    ).total == 3
