"""Leases and outcomes, on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest

from backend.kit import blobs, clock, db, events
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax
from backend.kit.runtime import Runtime
from backend.spool import expansion, queue, settlements
from backend.spool.enqueue import enqueue, place
from backend.spool.types import Attempt, Claim, Envelope, SpooledRecipient, SpoolRcpt, State
from schema.events import SpoolReady

NOW = 1_800_000_000


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.set_source(lambda: float(NOW))
    yield
    clock.set_source(None)


async def _spool(*recipients: str, release_at: int | None = None, lease_to: str | None = None) -> Claim:
    new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
    envelope = Envelope(
        sender="a@remote.test", recipients=tuple(SpoolRcpt(*text.rsplit("@", 1)) for text in recipients)
    )

    async def verb(tx: Tx) -> Claim:
        return await place(tx, envelope, new, release_at=release_at, lease_to=lease_to)

    return await db.write(verb)


async def _claim(node: str, now: int = NOW, limit: int = 100) -> list[Claim]:
    return await db.write(partial(queue.claim, node=node, now=now, limit=limit))


def _ids(claims: list[Claim]) -> list[int]:
    return sorted(recipient.id for claim in claims for recipient in claim.recipients)


async def _row(recipient: SpooledRecipient) -> tuple[object, ...]:
    row = await db.fetch_row(
        "SELECT state, attempts, lease_node, next_attempt_at, last_status, last_reply FROM spool_recipient"
        " WHERE id = ?",
        recipient.id,
    )
    assert row is not None
    return tuple(row)


async def test_due_recipients_are_leased_once(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@two.test")

    first, second = await _claim("one"), await _claim("two")

    assert [claim.message for claim in first] == [spooled.message]
    assert _ids(first) == _ids([spooled])
    assert second == []
    assert await _row(spooled.recipients[0]) == (State.QUEUED, 0, "one", NOW + queue.LEASE_S, "", "")


async def test_an_expired_lease_goes_to_who_asks_next(any_rt: Runtime) -> None:
    await _spool("a@one.test", lease_to="dead")
    assert await _claim("two", NOW + queue.LEASE_S - 1) == []

    (claim,) = await _claim("two", NOW + queue.LEASE_S)

    assert claim.recipients[0].localpart == "a"


async def test_nothing_is_claimed_before_its_release(any_rt: Runtime) -> None:
    await _spool("a@one.test", release_at=NOW + 10)

    assert await _claim("one", NOW + 9) == []
    assert await queue.next_due_at() == NOW + 10
    assert len(await _claim("one", NOW + 10)) == 1


async def test_those_due_longest_come_first_and_messages_stay_whole(any_rt: Runtime) -> None:
    late = await _spool("a@one.test", "b@one.test", release_at=NOW + 5)
    early = await _spool("c@one.test", "d@one.test", "e@one.test", release_at=NOW + 1)

    first = await _claim("one", NOW + 9, limit=1)
    second = await _claim("one", NOW + 9, limit=1)

    assert _ids(first) == _ids([early])
    assert _ids(second) == _ids([late])


@pytest.mark.parametrize("jump_s", [-86_400, 366 * 86_400], ids=["a day back", "a year on"])
async def test_a_clock_that_jumps_keeps_the_order_and_loses_nothing(any_rt: Runtime, jump_s: int) -> None:
    first = await _spool("a@one.test", release_at=NOW + 5)
    second = await _spool("b@one.test", release_at=NOW + 9)
    now = NOW + jump_s
    clock.set_source(lambda: float(now))
    third = await _spool("c@one.test", release_at=now + 10)

    late = max(now, NOW) + 10
    order = [_ids(await _claim("one", late, limit=1)) for _ in range(3)]

    expected = [third, first, second] if jump_s < 0 else [first, second, third]
    assert order == [_ids([spooled]) for spooled in expected]
    assert await _claim("one", late) == []


async def test_many_claimers_share_without_overlap(any_rt: Runtime) -> None:
    spooled = [await _spool("a@one.test", "b@one.test") for _ in range(30)]

    claims = await asyncio.gather(*(_claim(f"node{number}", limit=10) for number in range(8)))

    found = [recipient_id for batch in claims for recipient_id in _ids(batch)]
    assert len(found) == len(set(found))
    assert set(found) <= set(_ids(spooled))


async def test_leases_are_renewed_given_back_and_postponed_by_their_holder_only(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@one.test", lease_to="one")
    wanted = _ids([spooled])

    await db.write(partial(queue.renew, node="two", recipient_ids=wanted, now=NOW + 50))
    assert (await _row(spooled.recipients[0]))[3] == NOW + 60
    await db.write(partial(queue.renew, node="one", recipient_ids=wanted, now=NOW + 50))
    assert (await _row(spooled.recipients[0]))[3] == NOW + 110
    await db.write(partial(queue.postpone, node="one", recipient_ids=wanted[:1], until=NOW + 500))
    assert await db.write(partial(queue.give_back, nodes=["one", "two"], now=NOW + 51)) == 1

    assert [(await _row(recipient))[:4] for recipient in spooled.recipients] == [
        (State.QUEUED, 0, "", NOW + 500),
        (State.QUEUED, 0, "", NOW + 51),
    ]


async def test_the_last_outcome_finishes_the_message_and_frees_its_body(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@one.test", "c@one.test", lease_to="one")
    one, two, three = (Attempt(recipient.id, "mx", "2.0.0", "250 ok") for recipient in spooled.recipients)
    message_id = spooled.message.id

    await db.write(partial(settlements.delivered, message_id=message_id, attempts=[one], now=NOW + 1))
    await db.write(partial(settlements.failed, message_id=message_id, attempts=[two], now=NOW + 2))
    open_row = await db.fetch_row("SELECT open_count, finished_at FROM spool_message")
    await db.write(partial(settlements.dropped, message_id=message_id, attempts=[three], now=NOW + 3))

    assert open_row == (1, None)
    assert await db.fetch_row("SELECT open_count, finished_at FROM spool_message") == (0, NOW + 3)
    assert await db.fetch_value("SELECT refs FROM blob") == 0
    assert [(await _row(recipient))[0] for recipient in spooled.recipients] == [
        State.DELIVERED,
        State.FAILED,
        State.DROPPED,
    ]


async def test_whoever_settles_second_undoes_all_it_brought(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@one.test", lease_to="one")
    attempts = [Attempt(recipient.id) for recipient in spooled.recipients]
    await db.write(
        partial(settlements.delivered, message_id=spooled.message.id, attempts=attempts[1:], now=NOW)
    )

    with pytest.raises(settlements.LeaseLost) as caught:
        await db.write(
            partial(settlements.delivered, message_id=spooled.message.id, attempts=attempts, now=NOW)
        )

    assert caught.value.recipient_id == attempts[1].recipient_id
    assert (await _row(spooled.recipients[0]))[0] == State.QUEUED
    assert await db.fetch_value("SELECT open_count FROM spool_message") == 1


async def test_only_the_holder_may_defer(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", lease_to="one")
    attempt = Attempt(spooled.recipients[0].id, "mx.one.test", "4.2.0", "450 " + "x" * 1000)
    deferred = partial(
        settlements.deferred, attempt=attempt, now=NOW, next_attempt_at=NOW + 450, is_delay_notified=False
    )

    with pytest.raises(settlements.LeaseLost):
        await db.write(partial(deferred, node="two"))
    await db.write(partial(deferred, node="one"))

    assert (await _row(spooled.recipients[0]))[:5] == (State.QUEUED, 1, "", NOW + 450, "4.2.0")
    assert len(str((await _row(spooled.recipients[0]))[5])) == 600


async def test_an_alias_gives_its_place_to_its_targets(any_rt: Runtime) -> None:
    spooled = await _spool("staff@one.test", "bob@one.test", lease_to="one")
    targets = [
        SpoolRcpt("Bob", "one.test"),
        SpoolRcpt("carl", "one.test", "rfc822;staff@one.test", "NEVER", "staff@one.test"),
        SpoolRcpt("CARL", "one.test"),
    ]

    new = await db.write(
        partial(expansion.expanded, recipient=spooled.recipients[0], targets=targets, now=NOW, lease_to="one")
    )

    assert [(r.localpart, r.orcpt, r.notify, r.via) for r in new] == [
        ("carl", "rfc822;staff@one.test", "NEVER", "staff@one.test")
    ]
    assert (await _row(spooled.recipients[0]))[0] == State.EXPANDED
    assert (await _row(new[0]))[:4] == (State.QUEUED, 0, "one", NOW + queue.LEASE_S)
    assert await db.fetch_value("SELECT open_count FROM spool_message") == 2


async def test_who_waits_is_told_of_new_work_but_not_of_leased(any_rt: Runtime) -> None:
    told: list[int] = []
    events.bus().subscribe(SpoolReady, lambda event: told.append(event.due_at))

    await _spool("a@one.test", release_at=NOW + 30)
    await _spool("a@one.test", lease_to="one")

    assert told == [NOW + 30]


async def test_a_shared_body_is_counted(any_rt: Runtime) -> None:
    new = await blobs.prepare(b"x")
    envelope = Envelope(sender="", recipients=(SpoolRcpt("a", "one.test"),))

    async def verb(tx: Tx) -> int:
        await blobs.insert(tx, new)
        return await enqueue(tx, envelope, new, is_new_blob=False)

    assert await db.write(verb) == envelope.id
    assert await db.fetch_value("SELECT refs FROM blob") == 2


async def test_a_message_to_nobody_is_refused(any_rt: Runtime) -> None:
    new = await blobs.prepare(b"x")

    with pytest.raises(InvalidSyntax):
        await db.write(partial(enqueue, envelope=Envelope(sender="", recipients=()), blob=new))

    assert await db.fetch_value("SELECT COUNT(*) FROM blob") == 0


async def test_which_nodes_hold_leases(any_rt: Runtime) -> None:
    await _spool("a@one.test", "b@one.test", lease_to="one")
    await _spool("a@one.test", lease_to="two")
    await _spool("a@one.test")

    assert sorted(await queue.nodes_with_leases()) == ["one", "two"]


async def test_a_claim_does_not_walk_through_all_that_is_due(rt: Runtime) -> None:
    """With 100,000 due a claim took 240 ms when it went by state; by message it takes what it leases."""
    rows = await db.fetch_rows("EXPLAIN QUERY PLAN " + queue.claim_statement("sqlite"), 0, 1, 1, "node", 2, 1)

    plan = "\n".join(str(row[3]) for row in rows)
    assert "SEARCH spool_recipient USING INDEX" in plan
    assert "(message_id=?)" in plan
    assert "SCAN spool_recipient" not in plan


async def test_successes_of_several_messages_are_written_together(any_rt: Runtime) -> None:
    one = await _spool("a@one.test", "b@one.test", lease_to="n")
    two = await _spool("c@two.test", lease_to="n")
    three = await _spool("d@one.test", "e@one.test", lease_to="n")
    gone = three.recipients[1]
    await db.write(
        partial(settlements.failed, message_id=three.message.id, attempts=[Attempt(gone.id)], now=NOW)
    )

    def attempts(claim: Claim) -> list[tuple[int, Attempt]]:
        return [
            (claim.message.id, Attempt(r.id, "mx", "2.0.0", f"ok {r.localpart}")) for r in claim.recipients
        ]

    every = [*attempts(one), *attempts(two), *attempts(three)]
    lost = await db.write(partial(settlements.delivered_apart, attempts=every, now=NOW))

    assert lost == {gone.id}
    for recipient in (*one.recipients, *two.recipients, three.recipients[0]):
        assert await _row(recipient) == (
            *(State.DELIVERED, 1, "", NOW + queue.LEASE_S, "2.0.0"),
            f"ok {recipient.localpart}",
        )
    assert (await _row(gone))[0] == State.FAILED
    for claim in (one, two, three):
        open_count, finished_at = await db.fetch_row(
            "SELECT open_count, finished_at FROM spool_message WHERE id = ?", claim.message.id
        ) or (None, None)
        assert (open_count, finished_at) == (0, NOW)
        assert await db.fetch_value("SELECT refs FROM blob WHERE id = ?", claim.message.blob_id) == 0


async def test_no_reference_is_dropped_twice(any_rt: Runtime) -> None:
    one, two = await blobs.prepare(b"one"), await blobs.prepare(b"two")
    await db.write(lambda tx: blobs.insert(tx, one, two, refs=3))

    await db.write(lambda tx: blobs.release_all(tx, [one.id, two.id]))
    await db.write(lambda tx: blobs.release_all(tx, [one.id, one.id]))
    with pytest.raises(RuntimeError):
        await db.write(lambda tx: blobs.release_all(tx, [one.id, two.id]))

    rows = await db.fetch_rows("SELECT id, refs FROM blob WHERE id IN (?, ?)", one.id, two.id)
    assert dict(rows) == {one.id: 0, two.id: 2}
