"""Acts on very many messages: batch by batch, stopped, taken back, taken over, within rights."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from backend.directory.principal import SYSTEM
from backend.directory.types import User
from backend.kit import clock, db, events
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound, PermissionDenied, Unavailable
from backend.kit.runtime import Runtime
from backend.mailstore import copy_move, flags, fulltext, ingest, mailbox_removal, mailboxes, shares
from backend.mailstore.bulk import batch, begin, control, rows, runner
from backend.mailstore.bulk.begin import Query
from backend.mailstore.bulk.runner import Runner
from backend.mailstore.bulk.types import State, Step
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow
from backend.operations import removal
from schema.events import BulkActChanged
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import column, message
from tests.backend.mailstore.people import grant, make_domain, make_user

SEEN_STEP = Step(add=("\\Seen",))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 4)


@pytest.fixture
def moved_clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A clock that stands still; its one value is moved on."""
    held = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: held[0])
    return held


@dataclass
class Office:
    """alice has ten messages in Projects; bob is a colleague."""

    alice: User
    bob: User
    box: MailboxRow
    refs: list[int]


@pytest.fixture
async def office(any_rt: Runtime) -> Office:
    domain_id = await make_domain()
    alice, bob = [await make_user(domain_id, f"{name}@example.test") for name in ("alice", "bob")]
    box = await mailboxes.create(alice.id, "Projects")
    filed = [await ingest.store(message(f"Note {n}"), alice.id, box.id, internal_at=n) for n in range(10)]
    return Office(alice, bob, box, [one.ref for one in filed])


async def counts(user_id: int, mailbox_id: int) -> tuple[int, int]:
    row = await mailboxes.by_id(user_id, mailbox_id)
    return row.exists, row.unseen


async def step_once() -> bool:
    """The next batch of what is due, as a worker that then dies would do it."""
    claim = await runner.claim(clock.now())
    assert claim is not None
    return await runner.advance(claim)


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


async def test_only_so_many_acts_are_open_at_once(account: int) -> None:
    for _ in range(rows.MAX_OPEN):
        await begin.begin(account, [], SEEN_STEP)

    with pytest.raises(LimitExceeded):
        await begin.begin(account, [], SEEN_STEP)


async def test_an_act_is_nobody_elses(office: Office) -> None:
    act = await begin.begin(office.alice.id, office.refs, SEEN_STEP)

    for verb in (control.find, control.cancel, control.undo):
        with pytest.raises(NotFound):
            await verb(office.bob.id, act.id)


async def test_acts_are_forgotten_after_a_day(office: Office, moved_clock: list[int]) -> None:
    act = await begin.begin(office.alice.id, office.refs, SEEN_STEP)
    await runner.run_due()
    assert await control.expire() == 0

    moved_clock[0] += control.KEEP_S + 1

    assert await control.recent(office.alice.id) == []
    assert await control.expire() == 1
    with pytest.raises(NotFound):
        await control.undo(office.alice.id, act.id)
    assert await db.fetch_value("SELECT COUNT(*) FROM bulk_act_batch") == 0


async def test_a_removed_user_leaves_no_acts(office: Office) -> None:
    await begin.begin(office.alice.id, office.refs, SEEN_STEP)

    await removal.remove_user(SYSTEM, office.alice.id)

    assert await db.fetch_value("SELECT COUNT(*) FROM bulk_act") == 0
    assert await db.fetch_value("SELECT COUNT(*) FROM bulk_act_batch") == 0


async def test_an_act_that_always_fails_is_given_up(
    account: int, moved_clock: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(claim: object) -> bool:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(runner, "run_next", broken)
    act = await begin.begin(account, [1], SEEN_STEP)
    for _ in range(runner.MAX_TRIES + 1):
        await runner.run_due()
        moved_clock[0] += batch.LEASE_S + 1

    assert (await control.find(account, act.id)).state is State.FAILED


async def test_an_act_waits_while_the_database_is_away(
    account: int, moved_clock: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(claim: object) -> bool:
        raise Unavailable("away")

    act = await begin.begin(account, [1], SEEN_STEP)
    with monkeypatch.context() as during:
        during.setattr(runner, "run_next", away)
        await runner.run_due()
        assert (await control.find(account, act.id)).state is State.OPEN

    moved_clock[0] += batch.LEASE_S + 1
    await runner.run_due()

    assert (await control.find(account, act.id)).state is State.DONE


async def test_the_worker_takes_up_what_begins_and_stops_after_its_batch(office: Office) -> None:
    told = asyncio.Event()
    events.bus().subscribe(BulkActChanged, lambda event: told.set())
    worker = Runner()
    task = asyncio.create_task(worker.run())
    act = await begin.begin(office.alice.id, office.refs, SEEN_STEP)

    async with asyncio.timeout(20):
        while (await control.find(office.alice.id, act.id)).state is State.OPEN:
            await told.wait()
            told.clear()
        worker.stop()
        await task

    assert await counts(office.alice.id, office.box.id) == (10, 0)


async def test_a_worker_that_stops_lets_another_go_on_at_once(office: Office) -> None:
    act = await begin.begin(office.alice.id, office.refs, SEEN_STEP)
    claim = await runner.claim(clock.now())
    assert claim is not None
    assert await runner.advance(claim)

    await runner.release(claim)
    await runner.run_due()

    assert (await control.find(office.alice.id, act.id)).state is State.DONE


async def test_a_filtered_list_is_acted_on_as_far_as_it_shows(office: Office) -> None:
    await flags.store_refs(office.alice.id, office.refs[:3], add=FLAGGED)

    act = await begin.begin_query(office.alice.id, Query(office.box.id, filter="starred"), SEEN_STEP)
    await runner.run_due()

    assert act.total == 3
    assert await counts(office.alice.id, office.box.id) == (10, 7)
