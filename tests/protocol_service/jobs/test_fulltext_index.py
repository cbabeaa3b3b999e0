"""The role that keeps the full-text index up to date."""

from __future__ import annotations

import asyncio

import pytest

from backend.kit.runtime import Runtime
from backend.mailstore import fulltext
from protocol_service.jobs import fulltext_index
from protocol_service.service import Service


async def test_it_runs_until_it_is_drained(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = asyncio.Event()

    async def look(limit: int = 0) -> int:
        looked.set()
        return 0

    monkeypatch.setattr(fulltext, "index_pending", look)

    running = await fulltext_index.start(Service(rt.settings, rt))
    async with asyncio.timeout(10):
        await looked.wait()
        await running.drain()
        await running.close()

    assert running.addresses == {}
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "fulltext-index"]
