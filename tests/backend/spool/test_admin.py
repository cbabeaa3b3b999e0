"""What administrators see of the spool and do with it, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from backend.directory import audit
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Permission, Role
from backend.kit import blobs, clock, db, events
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.spool import admin, history, listing, queue, settlements
from backend.spool.enqueue import place
from backend.spool.listing import Counts, Filter
from backend.spool.types import Attempt, Claim, Envelope, SpoolRcpt, State
from schema.events import Event, SpoolReady

NOW = 1_800_000_000
LATER = NOW + 900
PLAIN = Principal("user", 7, "ada@example.test", Role.USER, MATRIX[Role.USER], user_id=7, domain_id=1)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.set_source(lambda: float(NOW))
    yield
    clock.set_source(None)


async def _spool(
    *recipients: str, sender: str = "a@remote.test", subject: str = "", release_at: int | None = None
) -> Claim:
    new = await blobs.prepare(b"Subject: x\r\n\r\nx\r\n")
    rcpts = tuple(SpoolRcpt(*text.rsplit("@", 1)) for text in recipients)

    async def verb(tx: Tx) -> Claim:
        envelope = Envelope(sender=sender, recipients=rcpts, subject=subject)
        return await place(tx, envelope, new, release_at=release_at)

    return await db.write(verb)


async def _rows(spooled: Claim) -> list[tuple[object, ...]]:
    return await db.fetch_rows(
        "SELECT state, next_attempt_at, lease_node FROM spool_recipient WHERE message_id = ? ORDER BY id",
        spooled.message.id,
    )


async def _everything() -> list[list[db.Row]]:
    tables = ("spool_message", "spool_recipient", "audit_entry")
    return [await db.fetch_rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def _audited() -> list[tuple[str, str, dict[str, object]]]:
    return [(one.action, one.subject, one.detail) for one in await audit.list_entries(SYSTEM)]


async def _claim(now: int = NOW) -> list[Claim]:
    return await db.write(partial(queue.claim, node="worker", now=now))


async def test_pages_go_newest_first_and_stay_right_while_messages_come(any_rt: Runtime) -> None:
    old, middle, new = [await _spool(f"{name}@one.test") for name in ("old", "middle", "new")]

    first = await listing.list_page(SYSTEM, limit=2)
    await _spool("newest@one.test")
    second = await listing.list_page(SYSTEM, before=first.items[-1].id, limit=2)

    assert [one.id for one in first.items] == [new.message.id, middle.message.id]
    assert (first.total, first.has_more) == (3, True)
    assert [one.id for one in second.items] == [old.message.id]
    assert second.has_more is False


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter("bob@REMOTE"), ["bill"]),
        (Filter("Übung"), ["plan"]),
        (Filter("TWO.test"), ["plan"]),
        (Filter("100%"), []),
        (Filter("_"), []),
        (Filter(domain="One.Test."), ["plan", "bill"]),
        (Filter(domain="two.test"), ["plan"]),
        (Filter(state=State.HELD), ["bill"]),
        (Filter(state=State.DELIVERED), []),
        (Filter("ada", "two.test"), []),
        (Filter("eve", "two.test"), ["plan"]),
        (Filter("bob", "one.test", State.HELD), ["bill"]),
        (Filter(), ["plan", "bill"]),
    ],
)
async def test_messages_are_found_by_what_is_asked(any_rt: Runtime, wanted: Filter, found: list[str]) -> None:
    bill = await _spool("ada@one.test", sender="bob@remote.test", subject="bill")
    await admin.hold(SYSTEM, [bill.message.id])
    await _spool("ada@one.test", "eve@two.test", subject="plan Übung")

    page = await listing.list_page(SYSTEM, wanted)

    assert [one.subject.split()[0] for one in page.items] == found
    assert page.total == len(found)


async def test_a_message_is_shown_with_its_attempts(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@two.test", subject="plan")
    await _claim()
    second = spooled.recipients[1]
    reply = Attempt(second.id, "mx.two.test", "4.3.0", "451 later")
    await db.write(
        lambda tx: settlements.deferred(
            tx, "worker", reply, now=NOW, next_attempt_at=LATER, is_delay_notified=False
        )
    )

    found = await listing.show(SYSTEM, spooled.message.id)

    assert (found.subject, found.open_count, found.recipient_count, found.is_held) == ("plan", 2, 2, False)
    in_hand, waiting = found.recipients
    assert (in_hand.address, in_hand.is_in_hand, in_hand.next_attempt_at) == ("a@one.test", True, None)
    assert (waiting.address, waiting.state, waiting.attempts) == ("b@two.test", State.QUEUED, 1)
    assert (waiting.last_host, waiting.last_status, waiting.last_reply) == (
        "mx.two.test",
        "4.3.0",
        "451 later",
    )
    assert (waiting.next_attempt_at, waiting.last_attempt_at) == (LATER, NOW)
    with pytest.raises(NotFound):
        await listing.show(SYSTEM, 1)


async def test_a_list_shows_the_first_recipients_and_counts_the_rest(any_rt: Runtime) -> None:
    await _spool(*[f"u{number}@one.test" for number in range(listing.RECIPIENTS_IN_LIST + 5)])

    (found,) = (await listing.list_page(SYSTEM)).items

    assert len(found.recipients) == listing.RECIPIENTS_IN_LIST
    assert found.recipient_count == listing.RECIPIENTS_IN_LIST + 5


async def test_retry_makes_waiting_recipients_due_and_leaves_leased_ones(any_rt: Runtime) -> None:
    waiting = await _spool("a@one.test", release_at=LATER)
    leased = await _spool("b@one.test")
    await _claim()
    before = await _rows(leased)
    heard: list[Event] = []
    stop = events.bus().subscribe(SpoolReady, heard.append)

    count = await admin.retry(SYSTEM, [waiting.message.id, leased.message.id, 12345])
    stop()

    assert count == 1
    assert await _rows(waiting) == [(State.QUEUED, NOW, "")]
    assert await _rows(leased) == before
    assert heard == [SpoolReady(NOW)]
    assert await _audited() == [
        ("spool.retry", "message from <a@remote.test>", {"id": str(waiting.message.id)})
    ]


async def test_retry_leaves_the_time_to_undo(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", release_at=LATER)
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO submission (id, account_id, spool_id, release_at, created_at, state)"
            " VALUES (1, 7, ?, ?, ?, 'held')",
            spooled.message.id,
            LATER,
            NOW,
        )
    )

    assert await admin.retry(SYSTEM, [spooled.message.id]) == 0
    assert await _rows(spooled) == [(State.QUEUED, LATER, "")]


async def test_held_messages_are_passed_over_until_released(any_rt: Runtime) -> None:
    held, free = await _spool("a@one.test", "b@two.test"), await _spool("c@one.test")

    assert await admin.hold(SYSTEM, [held.message.id]) == 1
    assert await admin.hold(SYSTEM, [held.message.id]) == 0
    assert await admin.retry(SYSTEM, [held.message.id]) == 0
    assert await listing.counts(SYSTEM) == Counts(messages=2, held_messages=1, queued=1, held=2)
    assert [claim.message.id for claim in await _claim()] == [free.message.id]
    assert (await listing.show(SYSTEM, held.message.id)).is_held is True

    assert await admin.release(SYSTEM, [held.message.id, free.message.id]) == 1
    assert (await listing.show(SYSTEM, held.message.id)).is_held is False
    assert [claim.message.id for claim in await _claim()] == [held.message.id]
    assert [action for action, _, _ in await _audited()] == ["spool.release", "spool.hold"]


async def test_dropped_messages_are_finished_and_free_their_body(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test", "b@two.test")
    blob_id = spooled.message.blob_id
    assert await db.fetch_value("SELECT refs FROM blob WHERE id = ?", blob_id) == 1

    assert await admin.drop(SYSTEM, [spooled.message.id]) == 1
    assert await admin.drop(SYSTEM, [spooled.message.id]) == 0

    found = await listing.show(SYSTEM, spooled.message.id)
    assert [one.state for one in found.recipients] == [State.DROPPED, State.DROPPED]
    assert {one.last_reply for one in found.recipients} == {"Dropped by an administrator"}
    assert (found.open_count, found.finished_at) == (0, NOW)
    assert await db.fetch_value("SELECT refs FROM blob WHERE id = ?", blob_id) == 0
    assert (await listing.list_page(SYSTEM)).items == []
    assert [one.id for one in (await listing.list_page(SYSTEM, Filter(state=State.DROPPED))).items] == [
        spooled.message.id
    ]


async def test_what_was_dropped_in_a_worker_s_hand_is_not_settled_by_it(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test")
    await _claim()
    await admin.drop(SYSTEM, [spooled.message.id])

    with pytest.raises(settlements.LeaseLost):
        await db.write(
            lambda tx: settlements.delivered(
                tx, spooled.message.id, [Attempt(spooled.recipients[0].id)], now=NOW
            )
        )


async def test_who_may_not_changes_and_sees_nothing(any_rt: Runtime) -> None:
    spooled = await _spool("a@one.test")
    reader = Principal("user", 8, "r", Role.USER, frozenset({Permission.SPOOL_READ}))
    before = await _everything()

    for act in (admin.retry, admin.hold, admin.release, admin.drop):
        for principal in (PLAIN, reader):
            with pytest.raises(PermissionDenied):
                await act(principal, [spooled.message.id])
        with pytest.raises(LimitExceeded):
            await act(SYSTEM, range(1, admin.MAX_IDS + 2))
        assert await act(SYSTEM, []) == 0
    for look in (
        listing.list_page(PLAIN),
        listing.show(PLAIN, spooled.message.id),
        listing.counts(PLAIN),
    ):
        with pytest.raises(PermissionDenied):
            await look

    assert await _everything() == before


async def test_history_goes_after_its_time_and_open_messages_never(
    any_rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "SLICE", 2)
    gone = [await _spool("a@one.test", "b@one.test") for _ in range(3)]
    await admin.drop(SYSTEM, [one.message.id for one in gone])
    open_ = await _spool("c@one.test")
    clock.set_source(lambda: float(NOW + 1))
    young = await _spool("d@one.test")
    await admin.drop(SYSTEM, [young.message.id])
    clock.set_source(lambda: float(NOW + history.KEEP_S + 1))

    assert await history.prune() == 3
    assert await history.prune() == 0

    kept = [row[0] for row in await db.fetch_rows("SELECT id FROM spool_message ORDER BY id")]
    assert kept == [open_.message.id, young.message.id]
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_recipient") == 2
