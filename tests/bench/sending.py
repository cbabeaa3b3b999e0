"""Sending: a full spool handed to a next hop that takes everything, Postfix's `smtp-sink` on this machine."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from random import Random

import psutil

from backend.directory import domains
from backend.directory.principal import SYSTEM
from backend.kit import blobs, db
from backend.kit.config import Settings
from backend.kit.db import Tx
from backend.kit.runtime import open_runtime
from backend.spool.enqueue import place
from backend.spool.types import Envelope, SpoolRcpt
from tests.bench.figures import Figure
from tests.support.served import Served

SIZE_BYTES = 4096
TOGETHER = 500


def is_possible() -> bool:
    """Whether the next hop is installed (it comes with Postfix)."""
    return shutil.which("smtp-sink") is not None


async def figures(folder: Path, count: int) -> AsyncIterator[Figure]:
    """Messages in a second that leave a spool of `count`, by the service as anyone runs it."""
    async with _sink() as port:
        processes = Settings().protocol_processes
        served = Served(
            folder, POSTROOM_SMARTHOST=f"127.0.0.1:{port}", POSTROOM_PROTOCOL_PROCESSES=str(processes)
        )
        async with open_runtime(Settings(data=served.data, hostname="mail.example.test"), use_redis="never"):
            await domains.add(SYSTEM, "example.test")
            await _fill(count)
        try:
            await served.start()
            sent, seconds, cpu_s = await _sent(served)
        finally:
            await served.close()
    how = f"{count} messages of 4 KB, 10 connections; {cpu_s / sent * 1e6:.0f} us of CPU each"
    yield Figure("sent to smtp-sink", f"{sent / seconds:.0f}/s", how)


async def _sent(served: Served) -> tuple[int, float, float]:
    """How many left the spool since the service was ready, in how many seconds and seconds of CPU."""
    with closing(sqlite3.connect(f"file:{served.data / 'postroom.db'}?mode=ro", uri=True)) as spool:

        def left() -> int:
            (found,) = spool.execute("SELECT COUNT(*) FROM spool_recipient WHERE state < 2").fetchone()
            return int(found)

        count, began, cpu_began = left(), time.monotonic(), _cpu_s(served)
        while left():  # noqa: ASYNC110  # rows announce nothing
            await asyncio.sleep(0.02)
        return count, time.monotonic() - began, _cpu_s(served) - cpu_began


def _cpu_s(served: Served) -> float:
    """CPU of all its processes until now."""
    assert served.process is not None
    times = [one.cpu_times() for one in psutil.Process(served.process.pid).children(recursive=True)]
    return sum(one.user + one.system for one in times)


@asynccontextmanager
async def _sink() -> AsyncIterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec("smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "1000")
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    break
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _fill(count: int) -> None:
    chance = Random(1)
    for start in range(0, count, TOGETHER):
        letters = [_letter(chance, number) for number in range(start, min(count, start + TOGETHER))]
        prepared = [await blobs.prepare(raw) for raw in letters]

        async def verb(tx: Tx, start: int = start, prepared: list[blobs.NewBlob] = prepared) -> None:
            for number, blob in enumerate(prepared, start):
                rcpt = SpoolRcpt(f"reader{number}", "elsewhere.example")
                await place(tx, Envelope(sender="news@example.test", recipients=(rcpt,)), blob)

        await db.write(verb)


def _letter(chance: Random, number: int) -> bytes:
    head = b"From: news@example.test\r\nTo: reader@elsewhere.example\r\nSubject: %d\r\n\r\n" % number
    text = bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyz ", k=78)) + b"\r\n"
    return (head + text * (SIZE_BYTES // len(text) + 1))[: SIZE_BYTES - 2] + b"\r\n"
