"""Who does acts on very many messages, how many there may be, and what ends them."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory.principal import SYSTEM
from backend.kit import clock, db, events
from backend.kit.errors import LimitExceeded, NotFound, Unavailable
from backend.mailstore import flags
from backend.mailstore.bulk import batch, begin, control, rows, runner
from backend.mailstore.bulk.begin import Query
from backend.mailstore.bulk.runner import Runner
from backend.mailstore.bulk.types import State
from backend.mailstore.flag_bits import FLAGGED
from backend.operations import removal
from schema.events import BulkActChanged
from tests.backend.mailstore.bulk.acts import SEEN_STEP, Office, counts


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
