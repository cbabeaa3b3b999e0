"""Pages of lists that are remembered for a while."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from backend.kit import clock, db
from backend.mailstore import remembered
from tests.backend.mailstore.test_flags import fill


@pytest.fixture
def later() -> Iterator[list[float]]:
    """Seconds by which the clock is ahead."""
    ahead = [0.0]
    clock.set_source(lambda: time.time() + ahead[0])
    yield ahead
    clock.set_source(None)


async def write_anew(envelope: bytes) -> None:
    """As a repair of what is damaged does, in another process."""
    await db.write(lambda tx: tx.execute("UPDATE email SET envelope = ?", envelope))


async def test_a_page_is_read_once_a_minute(any_account: int, later: list[float]) -> None:
    box = await fill(any_account, 3)
    first = await remembered.page(box, range(1, 4), ("envelope",))
    await write_anew(b"(anew)")

    again = await remembered.page(box, range(1, 4), ("envelope",))
    others = await remembered.page(box, range(2, 3), ("body", "envelope"))
    later[0] += remembered.LASTS_S + 1
    anew = await remembered.page(box, range(1, 4), ("envelope",))

    assert [uid for uid, _ in first] == [1, 2, 3]
    assert again == first
    assert [(uid, envelope) for uid, _, envelope in others] == [(2, b"(anew)")]
    assert anew == [(1, b"(anew)"), (2, b"(anew)"), (3, b"(anew)")]


async def test_new_messages_are_read_and_gone_ones_left_out(any_account: int) -> None:
    box = await fill(any_account, 2)
    await remembered.page(box, range(1, 3), ("envelope",))
    await fill(any_account, 3)
    await db.write(lambda tx: tx.execute("DELETE FROM message WHERE id & 4294967295 = 4"))

    rows = await remembered.page(box, range(1, 6), ("envelope",))

    assert [uid for uid, _ in rows] == [1, 2, 3, 5]


async def test_what_is_remembered_is_bounded(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 2_000)
    box = await fill(account, 9)
    await remembered.page(box, range(1, 10), ("envelope",))
    await write_anew(b"(anew)")

    rows = await remembered.page(box, range(1, 10), ("envelope",))

    assert {envelope for _, envelope in rows} == {b"(anew)"}
