"""A running `postroom serve` for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.dns_stub import dns_stub
from tests.support.served import Served


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Served]:
    """The whole house in a fresh data folder; it asks a DNS server that knows nothing."""
    async with dns_stub() as dns:
        host, port = dns.address
        house = Served(tmp_path, POSTROOM_DNS_SERVERS=f"{host}:{port}")
        try:
            await house.start()
            yield house
        finally:
            await house.close()
