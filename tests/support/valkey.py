"""The embedded Valkey of a test, which can be stopped, frozen and started again."""

from __future__ import annotations

import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from backend.kit import child_process, embedded_valkey
from backend.kit import redis as redis_module
from backend.kit.config import Settings


class Valkey:
    """A server in the data folder of the test's settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: Process | None = None

    async def start(self) -> None:
        self.settings.run_dir.mkdir(parents=True, exist_ok=True)
        self.process = await embedded_valkey.start(self.settings)

    async def stop(self) -> None:
        if self.process is not None:
            self.thaw()
            await child_process.stop(self.process, 5)

    def freeze(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGCONT)

    def connect(self) -> Redis:
        return redis_module.connect(self.settings.redis_address)


@pytest.fixture
async def valkey(settings: Settings) -> AsyncIterator[Valkey]:
    server = Valkey(settings)
    await server.start()
    yield server
    await server.stop()
