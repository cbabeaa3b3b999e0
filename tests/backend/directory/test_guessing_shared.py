"""Tries are counted for all processes together, and still where Redis has gone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.directory import guessing
from backend.kit import redis as redis_module
from backend.kit.errors import RateLimited
from backend.kit.runtime import Runtime
from tests.support.valkey import Valkey

LOGIN, ADDRESS = "ada@example.test", "198.51.100.7"


@pytest.fixture
async def shared(rt: Runtime, valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Valkey]:
    """This process with a Redis; without the pace, so that no test waits."""
    monkeypatch.setattr(guessing, "MOST_IN_A_SECOND", 1000)
    client = valkey.connect()
    monkeypatch.setattr(redis_module, "_client", client)
    yield valkey
    await client.aclose()


def become_another_process() -> None:
    guessing._Process.here = None


async def try_wrong(count: int) -> int:
    """How many of the tries were allowed."""
    allowed = 0
    for _ in range(count):
        try:
            await guessing.fail(await guessing.begin(LOGIN, ADDRESS))
            allowed += 1
        except RateLimited:
            continue
    return allowed


async def test_processes_count_together(shared: Valkey) -> None:
    assert await try_wrong(6) == 6
    become_another_process()

    assert await try_wrong(6) == 4


async def test_right_password_gives_the_try_back_everywhere(shared: Valkey) -> None:
    for _ in range(15):
        await guessing.give_back(await guessing.begin(LOGIN, ADDRESS))
    become_another_process()

    assert await try_wrong(12) == 10


async def test_known_address_is_known_everywhere(shared: Valkey) -> None:
    await guessing.succeed(await guessing.begin(LOGIN, "192.0.2.1"))
    await try_wrong(12)
    become_another_process()

    tried = await guessing.begin(LOGIN, "192.0.2.1")

    assert tried.taken[-1].count == guessing.PER_KNOWN_PAIR
    with pytest.raises(RateLimited):
        await guessing.begin(LOGIN, "203.0.113.9")


async def test_guessing_stays_limited_without_redis(shared: Valkey) -> None:
    await shared.stop()

    assert await try_wrong(12) == 10
