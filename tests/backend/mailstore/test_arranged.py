"""Lists in other orders than by date, of only some messages: windows, and how they change."""

from __future__ import annotations

import random

import pytest

from backend.kit import db
from backend.kit.errors import NotFound, SyncLost
from backend.mailstore import (
    arranged,
    copy_move,
    expunge,
    flags,
    ingest,
    mailboxes,
    reader_changes,
    reader_flags,
    shares,
)
from backend.mailstore.arranged import Arrangement
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.keywords import is_tag, tag_bits
from backend.mailstore.list_rows import rows_at
from backend.mailstore.rights import Rights
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.people import grant, make_domain, make_user

LETTERS = [
    # sender, subject, size, flags
    ("Cara <c@x.test>", "Zebra", 10, 0),
    ("ann@x.test", "Re: apple", 900, SEEN),
    ("Bob <b@x.test>", "Mango", 300, FLAGGED),
    ("Ann B <ab@x.test>", "apple", 20, SEEN | FLAGGED),
]


async def fill(account_id: int) -> tuple[int, list[int]]:
    refs = []
    for number, (sender, subject, size, bits) in enumerate(LETTERS):
        raw = message(subject, sender=sender, body="x" * size)
        done = await ingest.store(raw, account_id, "inbox", flags=bits, internal_at=1000 + number)
        refs.append(done.ref)
    return done.mailbox_id, refs


async def order_of(user_id: int, wanted: Arrangement) -> list[int]:
    return [row.internal_at - 1000 for row in await rows_at((await arranged.read(user_id, wanted)).places)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date_asc", [0, 1, 2, 3]),
        ("sender", [3, 1, 2, 0]),
        ("sender_desc", [0, 2, 1, 3]),
        ("subject", [3, 1, 2, 0]),
        ("subject_desc", [0, 2, 3, 1]),
        ("size", [1, 2, 3, 0]),
        ("size_asc", [0, 3, 2, 1]),
        ("unread", [2, 0, 3, 1]),
        ("starred", [3, 2, 1, 0]),
    ],
)
async def test_orders(any_account: int, order: arranged.Order, expected: list[int]) -> None:
    box, _ = await fill(any_account)

    assert await order_of(any_account, Arrangement(box, order)) == expected


async def test_filters(any_account: int) -> None:
    box, refs = await fill(any_account)
    await flags.store_refs(
        any_account, refs[:1], add=await any_keyword(any_account, "Plan", "$MDNSent", "NonJunk")
    )
    await flags.store_refs(any_account, refs[1:2], add=await any_keyword(any_account, "NonJunk"))
    attached = (
        b"From: a@x.test\r\nSubject: File\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        b"Content-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n"
    )
    await ingest.store(attached, any_account, "inbox", flags=SEEN, internal_at=1009)

    tags = await tag_bits(any_account)
    assert await order_of(any_account, Arrangement(box, filter="unread")) == [2, 0]
    assert await order_of(any_account, Arrangement(box, filter="starred")) == [3, 2]
    assert await order_of(any_account, Arrangement(box, filter="attachments")) == [9]
    assert await order_of(any_account, Arrangement(box, filter="tagged", keywords=tags)) == [0]


async def any_keyword(account_id: int, *names: str) -> int:

    return await db.write(lambda tx: flags.keyword_bits(tx, account_id, names))


def test_tags_are_what_people_give() -> None:
    assert [is_tag(name) for name in ("Plan", "$label1", "$LABEL5", "$label6", "$Forwarded", "NonJunk")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("order", "only"), [("unread", ""), ("subject", ""), ("date", "unread"), ("size", "starred")]
)
async def test_changes_turn_the_old_list_into_the_new(
    account: int, order: arranged.Order, only: arranged.Filter, seed: int
) -> None:
    box, refs = await fill(account)
    archive = await mailboxes.by_use(account, "archive")
    wanted = Arrangement(box, order, only)
    chance = random.Random(seed)  # reproducible, not secret
    for step in range(8):
        before = await arranged.read(account, wanted)
        shown = await rows_at(before.places)
        match chance.randrange(4):
            case 0:
                await fill(account)
            case 1:
                await flags.store_refs(account, chance.sample(refs, 2), add=chance.choice([SEEN, FLAGGED]))
            case 2:
                await flags.store_refs(account, chance.sample(refs, 2), remove=SEEN | FLAGGED)
            case _:
                target = archive.id if step % 2 else box
                await copy_move.move_refs(account, chance.sample(refs, 1), target)

        found = await arranged.changes(account, wanted, before.modseq)

        rows = [row for row in shown if row.ref not in found.removed]
        for added in found.added:
            rows.insert(added.index, added.row)
        updated = {row.ref: row for row in found.updated}
        after = await arranged.read(account, wanted)
        known = [updated.get(row.ref, row) for row in rows]
        assert [(row.ref, row.flags) for row in known] == [
            (row.ref, row.flags) for row in await rows_at(after.places)
        ]
        assert (found.total, found.modseq) == (len(after.places), after.modseq)


async def test_a_state_that_is_not_remembered_is_a_reset(
    account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, refs = await fill(account)
    wanted = Arrangement(box, "size")
    before = (await arranged.read(account, wanted)).modseq
    await expunge.expunge_refs(account, refs[:1])

    with pytest.raises(SyncLost):
        await arranged.changes(account, Arrangement(box, "size_asc"), before)
    with monkeypatch.context() as bounded:
        bounded.setattr(arranged, "MAX_CHANGES", 0)
        with pytest.raises(SyncLost):
            await arranged.changes(account, wanted, before)
    assert len((await arranged.changes(account, wanted, before)).removed) == 1
    with pytest.raises(NotFound):
        await arranged.read(account, Arrangement(box + 77, "size"))


async def test_what_is_remembered_is_bounded(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranged, "MAX_REMEMBERED", 6)
    box, refs = await fill(account)
    first = await arranged.read(account, Arrangement(box, "size"))
    await arranged.read(account, Arrangement(box, "sender"))

    with pytest.raises(SyncLost):
        await flags.store_refs(account, refs[:1], add=SEEN)
        await arranged.changes(account, Arrangement(box, "size"), first.modseq)


async def test_in_anothers_mailbox_unread_is_the_readers_own(rt: object) -> None:
    domain_id = await make_domain()
    alice, bob = [await make_user(domain_id, f"{name}@example.test") for name in ("alice", "bob")]
    await fill(alice.id)
    inbox = await mailboxes.by_use(alice.id, "inbox")
    await grant(alice, inbox, "bob", "lrs")
    wanted = Arrangement(inbox.id, "date", "unread", is_own=False)
    assert await order_of(bob.id, wanted) == [3, 2, 1, 0]

    await reader_flags.store(bob.id, alice.id, inbox.id, [2, 4], flags.change_of(SEEN))

    _, _, reader_id = await reader_changes.state(bob.id, inbox.id)
    wanted = Arrangement(inbox.id, "date", "unread", reader_id=reader_id, is_own=False)
    assert await order_of(bob.id, wanted) == [2, 0]
    assert (await shares.by_id(bob.id, inbox.id, Rights.READ)).row.unseen == 2
