"""Lists of conversations: one row for each thread, what it stands for, and how such a list changes."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import groupby

import pytest

from backend.kit import db
from backend.kit.errors import Conflict, NotFound
from backend.mailstore import (
    arranged,
    conversations,
    copy_move,
    expunge,
    flags,
    ingest,
    mailboxes,
    thread_changes,
)
from backend.mailstore.arranged import Arrangement
from backend.mailstore.conversations import newest_of_each
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.list_rows import ListRow, rows_at
from backend.mailstore.types import MAX_UID, place
from tests.backend.mailstore.messages import message


async def letter(account: int, subject: str, at: int, answers: str = "", mailbox: str = "inbox") -> int:
    raw = message(
        subject,
        message_id=f"{subject}-{at}@x.test",
        references=f"<{answers}@x.test>" if answers else "",
        sender=f"{'Me' if mailbox == 'sent' else 'Ann'} <{mailbox}@x.test>",
    )
    return (await ingest.store(raw, account, mailbox, internal_at=at)).ref


async def listed(account: int, wanted: Arrangement) -> list[ListRow]:
    return await rows_at((await arranged.read(account, wanted)).places)


async def test_the_newest_message_here_stands_for_its_conversation(account: int) -> None:
    first = await letter(account, "Garden", 10)
    other = await letter(account, "Harbour", 20)
    second = await letter(account, "Garden", 30, "Garden-10")
    await letter(account, "Garden", 40, "Garden-30", mailbox="sent")
    inbox = await mailboxes.by_use(account, "inbox")
    await flags.store_refs(account, [first], add=FLAGGED)
    await flags.store_refs(account, [second], add=SEEN)

    rows = await listed(account, Arrangement(inbox.id, by_thread=True))
    assert [(row.ref, row.thread_count) for row in rows] == [(second, 3), (other, 1)]
    rising = await listed(account, Arrangement(inbox.id, "date_asc", by_thread=True))
    assert [row.ref for row in rising] == [other, second]
    unread = await listed(account, Arrangement(inbox.id, filter="unread", by_thread=True))
    assert [row.ref for row in unread] == [other, first]

    found = (await conversations.of_threads(inbox.id, [rows[0].thread_id]))[rows[0].thread_id]
    assert [(one.ref, one.flags) for one in found.members] == [(second, SEEN), (first, FLAGGED)]
    assert found.people == (("Ann", "inbox@x.test"), ("Me", "sent@x.test"))


async def test_a_row_is_told_anew_when_a_message_behind_it_changes(account: int) -> None:
    first = await letter(account, "Garden", 10)
    second = await letter(account, "Garden", 30, "Garden-10")
    inbox = await mailboxes.by_use(account, "inbox")
    wanted = Arrangement(inbox.id, by_thread=True)
    state = (await arranged.read(account, wanted)).modseq

    await flags.store_refs(account, [first], add=SEEN)
    seen = await arranged.changes(account, wanted, state)
    await expunge.expunge_refs(account, [first])
    left = await arranged.changes(account, wanted, seen.modseq)
    third = await letter(account, "Garden", 20, "Garden-30")
    came = await arranged.changes(account, wanted, left.modseq)
    newest = await letter(account, "Garden", 50, "Garden-30")
    replaced = await arranged.changes(account, wanted, came.modseq)

    assert [[row.ref for row in one.updated] for one in (seen, left, came)] == [[second]] * 3
    assert [len(one.removed) + len(one.added) for one in (seen, left, came)] == [0, 0, 0]
    assert (replaced.removed, [one.row.ref for one in replaced.added]) == ([second], [newest])
    assert replaced.total == 1
    assert third


async def test_a_list_is_not_read_again_where_only_flags_changed(account: int) -> None:
    refs = [await letter(account, "Garden", 10), await letter(account, "Garden", 30, "Garden-10")]
    inbox = await mailboxes.by_use(account, "inbox")
    wanted = Arrangement(inbox.id, by_thread=True)
    before = await arranged.read(account, wanted)

    await flags.store_refs(account, refs[:1], add=SEEN)
    flagged = await arranged.read(account, wanted)
    await thread_changes.split(account, refs[1])
    split = await arranged.read(account, wanted)

    assert flagged.places is before.places
    assert flagged.modseq > before.modseq
    assert list(split.sizes) == [1, 1]


def by_rule(rows: list[tuple[int, int, int]]) -> list[int]:
    """Places of the newest of each thread, newest first, from (place, thread, date)."""
    newest_first = sorted(rows, key=lambda row: (-row[2], -row[0]))
    by_thread = groupby(sorted(newest_first, key=lambda row: row[1]), key=lambda row: row[1])
    chosen = {next(iter(group))[0] for _, group in by_thread}
    return [row[0] for row in newest_first if row[0] in chosen]


async def all_of(mailbox_id: int) -> list[tuple[int, int, int]]:
    return await db.fetch_rows(
        "SELECT id, thread_id, internal_at FROM message WHERE id BETWEEN ? AND ?",
        place(mailbox_id, 1),
        place(mailbox_id, MAX_UID),
    )


@pytest.mark.parametrize("seed", range(4))
async def test_patched_lists_are_the_lists_as_they_are(account: int, seed: int) -> None:
    chance = random.Random(seed)  # reproducible, not secret
    inbox = await mailboxes.by_use(account, "inbox")
    archive = await mailboxes.by_use(account, "archive")
    wanted = Arrangement(inbox.id, by_thread=True)
    refs = [await letter(account, f"T{chance.randrange(4)}", 100 + at, "root") for at in range(8)]
    for turn in range(12):
        before = await arranged.read(account, wanted)
        shown = await rows_at(before.places)
        for _ in range(chance.randrange(1, 4)):
            some = chance.sample(refs, chance.randrange(1, 3))
            match chance.randrange(6):
                case 0:
                    subject = f"T{chance.randrange(4)}"
                    refs.append(
                        await letter(account, subject, chance.randrange(300), f"{subject}-{100 + turn}")
                    )
                case 1:
                    await flags.store_refs(account, some, add=SEEN)
                case 2:
                    await copy_move.move_refs(account, some, chance.choice([inbox.id, archive.id]))
                case 3:
                    await flags.store_refs(account, some, remove=SEEN, add=FLAGGED)
                case 4:
                    with suppress(Conflict, NotFound):
                        await thread_changes.split(account, some[0])
                case _ if len(refs) > 4:
                    await expunge.expunge_refs(account, [refs.pop()])

        found = await arranged.changes(account, wanted, before.modseq)

        rows = [row for row in shown if row.ref not in found.removed]
        for added in found.added:
            rows.insert(added.index, added.row)
        updated = {row.ref: row for row in found.updated}
        after = await arranged.read(account, wanted)
        assert list(after.places) == by_rule(await all_of(inbox.id))
        assert [row.ref for row in rows] == [row.ref for row in await rows_at(after.places)]
        told = [updated.get(row.ref, row) for row in rows]
        assert [row.flags for row in told] == [row.flags for row in await rows_at(after.places)]
        # Whoever stands for more or fewer messages than before is told of.
        size_before = dict(zip(before.places, before.sizes, strict=True))
        for place_id, size in zip(after.places, after.sizes, strict=True):
            [row] = await rows_at([place_id])
            if size_before.get(place_id, size) != size:
                assert row.ref in updated


def test_of_each_thread_the_newest_is_listed_with_how_many_there_are() -> None:
    assert [list(one) for one in newest_of_each([5, 4, 3, 2], [1, 2, 1, 3], is_rising=False)] == [
        [5, 4, 2],
        [2, 1, 1],
    ]
    assert [list(one) for one in newest_of_each([2, 3, 4, 5], [3, 1, 2, 1], is_rising=True)] == [
        [2, 4, 5],
        [1, 1, 2],
    ]
    assert [list(one) for one in newest_of_each([], [], is_rising=False)] == [[], []]
