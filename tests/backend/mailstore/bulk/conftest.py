"""Small batches, a clock that stands still, and an office."""

from __future__ import annotations

import pytest

from backend.kit import clock
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes
from backend.mailstore.bulk import rows
from tests.backend.mailstore.bulk.acts import Office
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.people import make_domain, make_user


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 4)


@pytest.fixture
def moved_clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A clock that stands still; its one value is moved on."""
    held = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: held[0])
    return held


@pytest.fixture
async def office(any_rt: Runtime) -> Office:
    domain_id = await make_domain()
    alice, bob = [await make_user(domain_id, f"{name}@example.test") for name in ("alice", "bob")]
    box = await mailboxes.create(alice.id, "Projects")
    filed = [await ingest.store(message(f"Note {n}"), alice.id, box.id, internal_at=n) for n in range(10)]
    return Office(alice, bob, box, [one.ref for one in filed])
