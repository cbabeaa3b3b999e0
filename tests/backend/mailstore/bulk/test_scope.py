"""What an act on all takes in: searches, filters, mailboxes of others, within rights."""

from __future__ import annotations

import pytest

from backend.kit import clock, db
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied
from backend.mailstore import copy_move, fulltext, ingest, mailbox_removal, mailboxes, shares
from backend.mailstore.bulk import begin, control, runner
from backend.mailstore.bulk.begin import Query
from backend.mailstore.bulk.types import State, Step
from backend.mailstore.flag_bits import FLAGGED
from backend.mailstore.rights import Rights
from tests.backend.mailstore.bulk.acts import SEEN_STEP, Office, counts, step_once
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import column, message
from tests.backend.mailstore.people import grant


async def test_only_trash_junk_and_drafts_are_emptied(office: Office) -> None:
    alice, trash = office.alice.id, await mailboxes.by_use(office.alice.id, "trash")
    below = await mailboxes.create(alice, "Trash/Old")
    await copy_move.move_refs(alice, office.refs[:3], trash.id)
    await copy_move.move_refs(alice, office.refs[3:5], below.id)

    act = await begin.begin(alice, office.refs, Step(destroy=True))
    await runner.run_due()

    done = await control.find(alice, act.id)
    assert (done.state, done.done, done.skipped) == (State.DONE, 10, 5)
    assert (await counts(alice, office.box.id))[0] == 5
    assert (await control.undo(alice, act.id)).state is State.UNDONE
    await assert_consistent()


async def test_trash_is_emptied_with_the_mailboxes_thrown_into_it(
    office: Office, moved_clock: list[int]
) -> None:
    alice, trash = office.alice.id, await mailboxes.by_use(office.alice.id, "trash")
    await mailboxes.rename(alice, "Projects", "Trash/Projects")
    await mailboxes.create(alice, "Trash/Projects/Deep/Deeper")
    late = await mailboxes.create(alice, "Trash/Late")
    whole = Query(trash.id, with_below=True)

    held = await begin.begin_query(alice, whole, Step(destroy=True), hold_s=10)
    assert held.total == 10
    await control.undo(alice, held.id)
    moved_clock[0] += 11
    await runner.run_due()
    assert len(await mailboxes.below(alice, trash.id)) == 4

    act = await begin.begin_query(alice, whole, Step(destroy=True))
    await ingest.store(message("Thrown in meanwhile"), alice, late.id)
    await runner.run_due()

    assert (await control.find(alice, act.id)).state is State.DONE
    assert [row.name for row in await mailboxes.below(alice, trash.id)] == ["Trash/Late"]
    assert await counts(alice, late.id) == (1, 1)
    await assert_consistent()


async def test_only_trash_is_emptied_with_what_is_below_it(office: Office) -> None:
    alice, trash = office.alice.id, await mailboxes.by_use(office.alice.id, "trash")
    archive = await mailboxes.by_use(alice, "archive")
    for query, step in (
        (Query(archive.id, with_below=True), Step(destroy=True)),
        (Query(office.box.id, with_below=True), Step(destroy=True)),
        (Query(trash.id, with_below=True), Step(move_to=archive.id)),
        (Query(trash.id, "lunch", with_below=True), Step(destroy=True)),
    ):
        with pytest.raises(InvalidSyntax):
            await begin.begin_query(alice, query, step)
    assert await control.recent(alice) == []


async def test_messages_that_were_moved_on_are_not_brought_back(office: Office) -> None:
    alice, archive = office.alice.id, await mailboxes.by_use(office.alice.id, "archive")
    act = await begin.begin(alice, office.refs, Step(move_to=archive.id))
    await runner.run_due()
    await copy_move.move_refs(alice, office.refs[:2], (await mailboxes.by_use(alice, "inbox")).id)

    undoing = await control.undo(alice, act.id)
    await runner.run_due()

    assert (await control.find(alice, undoing.id)).skipped == 2
    assert (await counts(alice, office.box.id))[0] == 8


async def test_a_target_that_is_gone_ends_the_act_with_the_reason(office: Office) -> None:
    alice = office.alice.id
    box = await mailboxes.create(alice, "Soon gone")
    act = await begin.begin(alice, office.refs, Step(add=("\\Seen",), move_to=box.id))
    await mailbox_removal.delete(alice, box.name)

    await runner.run_due()

    failed = await control.find(alice, act.id)
    assert (failed.state, failed.done, failed.error) == (State.FAILED, 0, "There is no such mailbox")
    assert await counts(alice, office.box.id) == (10, 10)


async def test_a_search_is_acted_on_as_a_whole(office: Office) -> None:
    while await fulltext.index_pending():
        pass
    act = await begin.begin_query(office.alice.id, Query(search="subject:note"), Step(add=("\\Flagged",)))
    await runner.run_due()

    assert act.total == 10
    assert all(bits & FLAGGED for bits in (await column(office.box.id, "flags")).values())


async def test_in_anothers_mailbox_the_rights_decide_batch_by_batch(office: Office) -> None:
    alice, bob = office.alice.id, office.bob.id
    with pytest.raises(NotFound):
        await begin.begin_query(bob, Query(office.box.id), SEEN_STEP)
    await grant(office.alice, office.box, "bob", "lrsw")
    act = await begin.begin_query(bob, Query(office.box.id), Step(add=("\\Seen", "\\Flagged")))
    assert await step_once()
    await grant(office.alice, office.box, "bob", "lr")
    await control.undo(bob, (await begin.begin(bob, office.refs[:1], SEEN_STEP, hold_s=60)).id)

    await db.write(lambda tx: tx.execute("UPDATE bulk_act SET due_at = ? WHERE state = 0", clock.now()))
    await runner.run_due()

    done = await control.find(bob, act.id)
    assert (done.state, done.done, done.skipped) == (State.DONE, 10, 6)
    assert await counts(alice, office.box.id) == (10, 10)
    assert (await shares.by_id(bob, office.box.id, Rights.READ)).row.unseen == 6
    assert sum(bool(bits & FLAGGED) for bits in (await column(office.box.id, "flags")).values()) == 4


async def test_messages_move_to_another_account_and_back(office: Office) -> None:
    alice, bob = office.alice.id, office.bob.id
    await grant(office.alice, office.box, "bob", "lrswite")
    mine = await mailboxes.create(bob, "Mine")
    act = await begin.begin_query(bob, Query(office.box.id), Step(add=("\\Seen",), move_to=mine.id))
    await runner.run_due()
    assert await counts(alice, office.box.id) == (0, 0)
    assert await counts(bob, mine.id) == (10, 0)

    await control.undo(bob, act.id)
    await runner.run_due()

    assert (await counts(alice, office.box.id))[0] == 10
    assert await counts(bob, mine.id) == (0, 0)
    await assert_consistent()


async def test_own_messages_go_to_anothers_mailbox_only_with_the_right(office: Office) -> None:
    alice, bob = office.alice.id, office.bob.id
    theirs = await mailboxes.create(bob, "Theirs")
    with pytest.raises(NotFound):
        await begin.begin_query(alice, Query(office.box.id), Step(move_to=theirs.id))
    await grant(office.bob, theirs, "alice", "lr")
    with pytest.raises(PermissionDenied):
        await begin.begin_query(alice, Query(office.box.id), Step(move_to=theirs.id))
    await grant(office.bob, theirs, "alice", "lrite")

    await begin.begin_query(alice, Query(office.box.id), Step(move_to=theirs.id))
    await runner.run_due()

    assert (await counts(bob, theirs.id))[0] == 10
    assert (await counts(alice, office.box.id))[0] == 0


@pytest.mark.parametrize(
    "step",
    [
        Step(),
        Step(destroy=True, move_to=1),
        Step(add=("\\Recent",)),
        Step(add=("two words",)),
        Step(add=("k",) * 21),
    ],
)
async def test_a_step_that_makes_no_sense_is_refused(account: int, step: Step) -> None:
    with pytest.raises(InvalidSyntax):
        await begin.begin(account, [], step)

    assert await control.recent(account) == []
