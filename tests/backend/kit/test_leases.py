"""Leases: one holder at a time, taken over when the holder is gone, kept while it works."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.kit import leases
from backend.kit import redis as redis_module
from backend.kit.leases import is_due, lease
from tests.support.valkey import Valkey


@pytest.fixture
async def valkey_lease(valkey: Valkey) -> AsyncIterator[Valkey]:
    client = valkey.connect()
    redis_module.set_redis(client)
    yield valkey
    redis_module.set_redis(None)
    await client.aclose()


@pytest.fixture(params=["local", "redis"])
def any_redis(request: pytest.FixtureRequest) -> None:
    """Both ways in which leases are kept."""
    if request.param == "redis":
        request.getfixturevalue("valkey_lease")


async def test_only_one_holds_a_lease_and_names_are_apart(any_redis: None) -> None:
    async with lease("a", 10) as first, lease("a", 10) as second, lease("b", 10) as other:
        assert (first, second, other) == (True, False, True)

    async with lease("a", 10) as again:
        assert again


async def test_lease_is_given_back_when_the_work_fails(any_redis: None) -> None:
    with pytest.raises(LookupError):
        async with lease("a", 10):
            raise LookupError

    async with lease("a", 10) as again:
        assert again


async def test_lease_of_a_dead_holder_is_taken_over(valkey_lease: Valkey) -> None:
    client = redis_module.redis()
    await client.set(leases.KEY_PREFIX + "a", "a process that died", px=150)

    async with lease("a", 10) as too_early:
        assert not too_early
    async with asyncio.timeout(5):
        while True:
            async with lease("a", 10) as is_ours:
                if is_ours:
                    break
            await asyncio.sleep(0.02)


async def test_lease_is_renewed_while_the_work_goes_on(valkey_lease: Valkey) -> None:
    client = redis_module.redis()
    async with lease("a", 0.3) as is_ours:
        assert is_ours
        await asyncio.sleep(0.5)
        assert await client.exists(leases.KEY_PREFIX + "a")


async def test_lost_lease_of_another_is_not_given_back(valkey_lease: Valkey) -> None:
    client = redis_module.redis()
    async with lease("a", 10):
        await client.set(leases.KEY_PREFIX + "a", "another")

    assert await client.get(leases.KEY_PREFIX + "a") == b"another"


async def test_without_redis_nobody_gets_a_lease(valkey_lease: Valkey) -> None:
    await valkey_lease.stop()

    async with lease("a", 10) as is_ours:
        assert not is_ours
    assert await is_due("a", 10)


async def test_periodic_work_is_due_once_for_all(valkey_lease: Valkey) -> None:
    assert [await is_due("a", 10) for _ in range(3)] == [True, False, False]
    assert await is_due("b", 10)
