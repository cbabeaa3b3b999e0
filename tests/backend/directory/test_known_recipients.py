"""Whom a user has written to: bounded, forgotten after a year, and nobody of this installation."""

from __future__ import annotations

import pytest

from backend.directory import domains, known_recipients
from backend.directory.principal import SYSTEM
from backend.kit import clock, db
from backend.kit.runtime import Runtime

ALICE, BOB = 11, 12


async def new(user_id: int, *addresses: str) -> int:
    """How many are new; they are remembered."""
    pairs = [(local, domain) for local, _, domain in (one.partition("@") for one in addresses)]
    found, stale = await known_recipients.strangers(user_id, pairs)
    await known_recipients.remember(user_id, found + stale)
    return len(found)


async def test_each_user_knows_others(any_rt: Runtime) -> None:
    await domains.add(SYSTEM, "example.test")

    assert await new(ALICE, "x@a.test", "X@A.TEST", "y@a.test", "bob@example.test") == 2
    assert await new(ALICE, "x@a.test", "y@a.test", "z@a.test") == 1
    assert await new(BOB, "x@a.test") == 1
    assert await new(ALICE, *[f"u{number}@a.test" for number in range(1200)]) == 1200
    assert await new(ALICE, *[f"u{number}@a.test" for number in range(1200)]) == 0


async def test_who_was_written_to_stays_known_and_others_are_forgotten(any_rt: Runtime) -> None:
    now = [1_800_000_000.0]
    clock.set_source(lambda: now[0])
    try:
        await new(ALICE, "often@a.test", "once@a.test")
        now[0] += 300 * 86_400
        assert await new(ALICE, "often@a.test") == 0
        now[0] += 150 * 86_400

        assert await known_recipients.prune() == 1
        assert await new(ALICE, "often@a.test", "once@a.test") == 1
    finally:
        clock.set_source(None)


async def test_the_newest_of_each_user_are_kept(any_rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_recipients, "MOST_KEPT", 3)
    for number in range(5):
        await new(ALICE, f"u{number}@a.test")
    await new(BOB, "x@a.test")

    assert await known_recipients.prune() == 2

    assert await db.fetch_value("SELECT COUNT(*) FROM known_recipient") == 4
    assert await new(ALICE, "u2@a.test", "u3@a.test", "u4@a.test") == 0
