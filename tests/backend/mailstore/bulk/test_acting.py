"""Acts on very many messages: batch by batch, stopped, and taken back."""

from __future__ import annotations

import pytest

from backend.kit import clock
from backend.kit.errors import Conflict
from backend.mailstore import copy_move, flags, mailboxes
from backend.mailstore.bulk import batch, begin, control, runner
from backend.mailstore.bulk.begin import Query
from backend.mailstore.bulk.types import State, Step
from backend.mailstore.flag_bits import SEEN
from tests.backend.mailstore.bulk.acts import SEEN_STEP, Office, counts, step_once
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import column


async def test_all_of_a_mailbox_is_moved_and_flagged_and_comes_back(office: Office) -> None:
    alice, archive = office.alice.id, await mailboxes.by_use(office.alice.id, "archive")
    await flags.store_refs(alice, office.refs[:3], add=SEEN)
    before = await column(office.box.id, "flags")

    act = await begin.begin_query(
        alice, Query(office.box.id), Step(add=("\\Seen", "Plan"), move_to=archive.id), label="Tidy"
    )
    assert (act.state, act.total, act.done, act.label) == (State.OPEN, 10, 0, "Tidy")
    assert await runner.run_due() == 1

    act = await control.find(alice, act.id)
    assert (act.state, act.done, act.skipped) == (State.DONE, 10, 0)
    assert await counts(alice, office.box.id) == (0, 0)
    assert await counts(alice, archive.id) == (10, 0)
    await assert_consistent()

    undoing = await control.undo(alice, act.id)
    assert (undoing.undo_of, undoing.total) == (act.id, 10)
    await runner.run_due()

    assert (await control.find(alice, act.id)).state is State.UNDONE
    assert await counts(alice, office.box.id) == (10, 7)
    assert sorted((await column(office.box.id, "flags")).values()) == sorted(before.values())
    assert sorted((await column(office.box.id, "ref")).values()) == sorted(office.refs)
    await assert_consistent()


async def test_what_is_taken_back_can_be_done_again(office: Office) -> None:
    alice, archive = office.alice.id, await mailboxes.by_use(office.alice.id, "archive")
    act = await begin.begin(alice, office.refs, Step(move_to=archive.id))
    await runner.run_due()
    undoing = await control.undo(alice, act.id)
    await runner.run_due()

    again = await control.undo(alice, undoing.id)
    await runner.run_due()

    assert (await control.find(alice, again.id)).done == 10
    assert (await counts(alice, archive.id))[0] == 10
    with pytest.raises(Conflict):
        await control.undo(alice, undoing.id)


async def test_an_act_that_is_cut_off_goes_on_with_its_next_batch(
    office: Office, moved_clock: list[int]
) -> None:
    act = await begin.begin(office.alice.id, office.refs, SEEN_STEP)

    assert await step_once()
    assert await runner.claim(clock.now()) is None
    moved_clock[0] += batch.LEASE_S + 1
    await runner.run_due()

    found = await control.find(office.alice.id, act.id)
    assert (found.state, found.done) == (State.DONE, 10)
    assert await counts(office.alice.id, office.box.id) == (10, 0)


async def test_who_was_overtaken_changes_nothing(office: Office, moved_clock: list[int]) -> None:
    await begin.begin(office.alice.id, office.refs, SEEN_STEP)
    slow = await runner.claim(clock.now())
    moved_clock[0] += batch.LEASE_S + 1
    quick = await runner.claim(clock.now())
    assert slow is not None
    assert quick is not None

    assert not await runner.advance(slow)
    assert await counts(office.alice.id, office.box.id) == (10, 10)
    assert await runner.advance(quick)
    assert await counts(office.alice.id, office.box.id) == (10, 6)


async def test_a_cancelled_act_stops_and_what_it_did_can_be_taken_back(office: Office) -> None:
    alice, archive = office.alice.id, await mailboxes.by_use(office.alice.id, "archive")
    act = await begin.begin(alice, office.refs, Step(move_to=archive.id))
    claim = await runner.claim(clock.now())
    assert claim is not None
    assert await runner.advance(claim)

    cancelled = await control.cancel(alice, act.id)

    assert (cancelled.state, cancelled.done) == (State.CANCELLED, 4)
    assert not await runner.advance(claim)
    assert (await counts(alice, archive.id))[0] == 4
    assert (await control.undo(alice, act.id)).total == 4
    await runner.run_due()
    assert (await counts(alice, archive.id))[0] == 0


async def test_an_act_that_was_held_is_taken_back_before_it_does_anything(
    office: Office, moved_clock: list[int]
) -> None:
    alice, trash = office.alice.id, await mailboxes.by_use(office.alice.id, "trash")
    await copy_move.move_refs(alice, office.refs, trash.id)
    act = await begin.begin_query(alice, Query(trash.id), Step(destroy=True), hold_s=10)

    assert await runner.run_due() == 0
    assert (await control.undo(alice, act.id)).state is State.UNDONE
    moved_clock[0] += 11
    assert await runner.run_due() == 0

    assert (await counts(alice, trash.id))[0] == 10
