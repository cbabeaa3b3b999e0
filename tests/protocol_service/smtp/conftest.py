"""A house behind its SMTP doors, on uvloop as in production; STARTTLS on asyncio's own loop as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import uvloop

from backend.kit.runtime import Runtime
from tests.support.mail_house import House, mail_house


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """aiosmtpd's STARTTLS reaches into the loop's own parts, so it is tried on both kinds."""
    if item.path.name == "test_starttls.py":
        return {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[House]:
    """alice and bob of example.test, doors and worker running."""
    async with mail_house(rt) as running:
        yield running


@pytest.fixture
async def doors(rt: Runtime) -> AsyncIterator[House]:
    """The same without a worker: what is accepted stays in the spool."""
    async with mail_house(rt, with_worker=False) as running:
        yield running
