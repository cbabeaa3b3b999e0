"""Rate limits (GCRA): bursts, refill, looking without taking, and what holds when Redis is gone."""

from collections.abc import AsyncIterator

import pytest

from backend.kit import clock, ratelimit
from backend.kit import redis as redis_module
from backend.kit.ratelimit import Verdict, peek, take
from tests.support.valkey import Valkey


@pytest.fixture(autouse=True)
def fresh() -> None:
    ratelimit.reset_memory()


@pytest.fixture
async def shared(valkey: Valkey) -> AsyncIterator[Valkey]:
    """Limits counted on a Redis of the test."""
    client = valkey.connect()
    redis_module.set_redis(client)
    yield valkey
    redis_module.set_redis(None)
    await client.aclose()


async def allowed(key: str, limit: int, per_s: float) -> bool:
    return (await take(key, limit, per_s, fail_open=False)).allowed


async def test_burst_is_allowed_then_one_for_each_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    clock.set_source(lambda: now[0])
    try:
        assert [await allowed("k", 3, 30) for _ in range(4)] == [True, True, True, False]
        assert await take("k", 3, 30, fail_open=True) == Verdict(False, 10.0)
        now[0] += 9.9
        assert not await allowed("k", 3, 30)
        now[0] += 0.2
        assert [await allowed("k", 3, 30) for _ in range(2)] == [True, False]
        now[0] += 1000
        assert [await allowed("k", 3, 30) for _ in range(4)] == [True, True, True, False]
    finally:
        clock.set_source(None)


async def test_redis_counts_the_same_and_keys_are_apart(shared: Valkey) -> None:
    assert [await allowed("a", 3, 3000) for _ in range(4)] == [True, True, True, False]
    assert await allowed("b", 3, 3000)
    refused = await take("a", 3, 3000, fail_open=True)

    assert 990 < refused.retry_after_s <= 1000


async def test_a_place_in_line_is_kept_within_the_longest_wait(shared: Valkey) -> None:
    async def reserved(key: str) -> tuple[bool, int]:
        verdict = await ratelimit.reserve(key, 1, 100, most_wait_s=250, fail_open=False)
        return verdict.allowed, round(verdict.retry_after_s / 10)

    on_redis = [await reserved("k") for _ in range(4)]
    redis_module.set_redis(None)
    in_memory = [await reserved("k") for _ in range(4)]

    assert on_redis == in_memory == [(True, 0), (True, 10), (True, 20), (False, 30)]


async def test_cost_is_taken_whole_or_not_at_all(shared: Valkey) -> None:
    assert (await take("a", 10, 3600, 8, fail_open=False)).allowed
    assert not (await take("a", 10, 3600, 3, fail_open=False)).allowed
    assert (await take("a", 10, 3600, 2, fail_open=False)).allowed
    assert not await allowed("a", 10, 3600)


async def test_peek_takes_nothing_and_forget_starts_anew(shared: Valkey) -> None:
    for _ in range(5):
        assert (await peek("a", 1, 3600, fail_open=False)).allowed
    assert await allowed("a", 1, 3600)
    assert not (await peek("a", 1, 3600, fail_open=False)).allowed

    await ratelimit.forget("a")

    assert await allowed("a", 1, 3600)


async def test_limit_of_none_refuses_without_counting(shared: Valkey) -> None:
    assert await take("a", 0, 60, fail_open=True) == Verdict(False, 60)


async def test_without_redis_mail_goes_on_and_sign_in_does_not(shared: Valkey) -> None:
    await shared.stop()

    assert (await take("mail", 1, 60, fail_open=True)).allowed
    assert not (await take("login", 1, 60, fail_open=False)).allowed


async def test_frozen_redis_costs_one_wait_and_not_one_for_each_question(
    shared: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ratelimit, "PAUSE_S", 60.0)
    shared.freeze()

    assert (await take("mail", 1, 60, fail_open=True)).allowed
    client = redis_module.redis()
    monkeypatch.setattr(client, "eval", None)

    assert [(await take("mail", 1, 60, fail_open=True)).allowed for _ in range(100)] == [True] * 100
