"""Two thousand clients that wait for mail at once: each is told, and each is forgotten."""

from __future__ import annotations

import asyncio
import resource
from typing import cast

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse

COUNT = 2000
TOGETHER = 100
MESSAGE = b"From: a@example.test\r\nSubject: news\r\n\r\nHello.\r\n"


class Idler(asyncio.Protocol):
    """Signs in, selects INBOX, idles, and says when it is idle and when it has heard of a message."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.is_idle, self.has_heard, self.has_gone = (loop.create_future() for _ in range(3))
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        signs_in = b'a LOGIN alice@example.test "%b"' % PASSWORD.encode()
        lines = [signs_in, b"b SELECT INBOX", b"c IDLE", b""]
        cast(asyncio.Transport, transport).write(b"\r\n".join(lines))

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if b"\r\n+ " in self._seen and not self.is_idle.done():
            self.is_idle.set_result(None)
        if b"* 1 EXISTS" in self._seen and not self.has_heard.done():
            self.has_heard.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.has_gone.done():
            self.has_gone.set_result(None)


@pytest.fixture
def descriptors() -> None:
    """Both ends of every connection are of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * COUNT + 500
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            pytest.skip(f"a process may have {hard} descriptors here, {wanted} are needed")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def test_two_thousand_clients_idle_and_hear(house: ImapHouse, descriptors: None) -> None:
    for key in ("connections.per_address", "connections.per_user"):
        await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, 0)
    await house.service.connections.look()
    loop, server = asyncio.get_running_loop(), house.role.server
    idlers: list[Idler] = []
    async with asyncio.timeout(120):
        for _ in range(COUNT // TOGETHER):
            made = [
                await loop.create_connection(Idler, *house.role.addresses["imap"]) for _ in range(TOGETHER)
            ]
            idlers += [idler for _, idler in made]
            await asyncio.gather(*(idler.is_idle for _, idler in made))
    assert len(server.open) == COUNT

    client = await house.client()
    await client.append("INBOX", MESSAGE)
    async with asyncio.timeout(60):
        await asyncio.gather(*(idler.has_heard for idler in idlers))
    await client.ok("LOGOUT")

    async with asyncio.timeout(60):
        await server.drain()
        await asyncio.gather(*(idler.has_gone for idler in idlers))
    assert not server.open
    assert house.service.connections.count == 0
    assert house.service.connections.users.count(house.users["alice"]) == 0
