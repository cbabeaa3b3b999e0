"""What all doors share is tried on uvloop, as in production, and on asyncio's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack

import pytest
import uvloop

from backend.kit.runtime import Runtime
from tests.protocol_service.imap.conftest import ImapHouse, open_house


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Accepting sockets and TLS are the loop's own doing; what opens no door runs once."""
    if "house" in getattr(item, "fixturenames", ()):
        return {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[ImapHouse]:
    """alice and bob of example.test behind the doors of IMAP."""
    async with AsyncExitStack() as stack:
        yield await open_house(rt, stack)
