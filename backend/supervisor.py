"""`postroom serve`: the embedded Valkey and both services as children of one process.

* The protocol service runs in as many processes as the settings say, all on the same ports.

* One `serve` per data folder: `run/serve.lock` is held by this process alone.
* `run/children.lock` is shared with the children, so a new `serve` starts only when the last child of one
  that was killed is gone, and finds its ports free.
* The kernel kills the children when this process dies; when it stops, they drain first, Valkey last.
* A child that ends is started again, sooner at first and later when it keeps ending, on the same ports.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import signal
import sys
import time
from abc import ABC, abstractmethod
from asyncio.subprocess import Process
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend.kit import child_process, embedded_valkey
from backend.kit.config import PREFIX, ConfigError, Settings
from protocol_service import held_ports, siblings
from protocol_service.listeners import bind
from protocol_service.siblings import Siblings

log = logging.getLogger(__name__)

Addresses = dict[str, tuple[str, int]]

READY_S = 120.0
ABANDON_S = 2.0
DRAIN_S = 11.0
VALKEY_STOP_S = 1.0
HANDOVER_S = 10.0
BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
# A child that ran this long had started well: its next end counts as the first.
STEADY_S = 30.0
# The order of names in the ready line; what is not named here follows.
_ORDER = ("http", "smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "lmtp", "sieve")


class StartFailed(ConfigError):
    """A child could not start; an empty text where it has said why itself."""


async def run(settings: Settings, options: Sequence[str], ready: Callable[[Addresses], None]) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; ConfigError, with one line, where it cannot start.

    `options` are those of the command line that the services are to be started with as well.
    """
    with _locked(settings) as children_fd, held_ports.held(settings) as ports:
        bind(settings.bind, settings.http_port, setting=f"{PREFIX}HTTP_PORT").close()
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        valkey = None if settings.redis_url else Valkey(settings, children_fd)
        services = _services(settings.protocol_processes, options, ports, children_fd)
        grace_s = ABANDON_S
        try:
            if await _unless(stop, _start(valkey, services)):
                grace_s = DRAIN_S
                ready(_in_order(services))
                await _unless(stop, _watch([*services, *([valkey] if valkey else [])]))
        finally:
            await asyncio.gather(*(service.stop(grace_s) for service in services))
            if valkey is not None:
                await valkey.stop(VALKEY_STOP_S)


def _services(
    count: int, options: Sequence[str], ports: Mapping[str, str], children_fd: int
) -> list[Service]:
    """The backend and so many protocol processes."""
    memory_fd = siblings.make_memory(count)
    family = [Siblings(count, number, memory_fd) for number in range(count)]
    return [
        Service("backend", ["backend", *options], children_fd),
        *(Protocol(member, options, ports, children_fd) for member in family),
    ]


async def _start(valkey: Valkey | None, services: Sequence[Service]) -> None:
    if valkey is not None:
        await valkey.start()
    try:
        async with asyncio.timeout(READY_S):
            await asyncio.gather(*(service.start() for service in services))
    except TimeoutError:
        late = [service.name for service in services if not service.addresses]
        raise StartFailed(f"{' and '.join(late)} did not get ready within {READY_S:.0f} s") from None


async def _watch(children: Sequence[Child]) -> None:
    await asyncio.gather(*(child.keep() for child in children))


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work unless a signal comes first; whether it was done. Its errors are raised here."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
        return task.done()
    finally:
        for waiting in (task, stopped):
            waiting.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


def _in_order(services: Sequence[Service]) -> Addresses:
    found = {name: address for service in services for name, address in service.addresses.items()}
    names = [name for name in _ORDER if name in found]
    return {name: found[name] for name in [*names, *(name for name in found if name not in names)]}


class Child(ABC):
    """A process that is started again when it ends."""

    def __init__(self, name: str, children_fd: int) -> None:
        self.name = name
        self.process: Process | None = None
        self._children_fd = children_fd

    @abstractmethod
    async def start(self) -> None:
        """Start it and wait until it is ready; ConfigError where it does not get there."""

    def ended(self) -> None:  # noqa: B027  # most leave nothing behind
        """It has ended by itself: do away with what it left."""

    async def keep(self) -> None:
        """Start it again whenever it ends, until cancelled."""
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            started = loop.time()
            status = await self.process.wait() if self.process is not None else None
            if loop.time() - started > STEADY_S:
                failures = 0
            wait_s = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
            self.ended()
            log.error("%s ended (status %s) and is started again in %.1f s", self.name, status, wait_s)
            await asyncio.sleep(wait_s)
            failures += 1
            try:
                async with asyncio.timeout(READY_S):
                    await self.start()
            except (ConfigError, OSError, TimeoutError) as exc:
                log.error("%s does not start: %s", self.name, exc)
                await self.stop(0)

    async def stop(self, grace_s: float) -> None:
        """End it, orderly within the grace."""
        if self.process is not None:
            await child_process.stop(self.process, grace_s)


class Valkey(Child):
    """The embedded Valkey."""

    def __init__(self, settings: Settings, children_fd: int) -> None:
        super().__init__("valkey", children_fd)
        self._settings = settings

    async def start(self) -> None:
        self.process = await embedded_valkey.start(self._settings, pass_fds=[self._children_fd])

    async def stop(self, grace_s: float) -> None:
        await super().stop(grace_s)
        self._settings.valkey_socket.unlink(missing_ok=True)


class Service(Child):
    """`postroom backend` or `postroom protocol`, which tell their addresses through a pipe."""

    def __init__(self, name: str, words: Sequence[str], children_fd: int, *more_fds: int) -> None:
        super().__init__(name, children_fd)
        self.addresses: Addresses = {}
        self._words = words
        self._more_fds = more_fds

    async def start(self) -> None:
        read_fd, write_fd = os.pipe()
        try:
            self.process = await child_process.start(
                [sys.executable, "-m", "backend", *self._words, "--ready-fd", str(write_fd)],
                environment={**os.environ, **self._ports()},
                pass_fds=[write_fd, self._children_fd, *self._more_fds],
            )
        finally:
            os.close(write_fd)
        line = await _read_line(read_fd)
        if not line:
            status = await self.process.wait()
            # With status 1 it has said why; our own line would be the second.
            raise StartFailed("" if status == 1 else f"{self.name} ended while starting (status {status})")
        self.addresses = {name: (host, port) for name, (host, port) in json.loads(line).items()}

    def _ports(self) -> dict[str, str]:
        """The ports it had before: what the ready line promised stays true when it is started again."""
        return {f"{PREFIX}{name.upper()}_PORT": str(port) for name, (_, port) in self.addresses.items()}


class Protocol(Service):
    """One of the processes of the protocol service."""

    def __init__(
        self, member: Siblings, options: Sequence[str], ports: Mapping[str, str], children_fd: int
    ) -> None:
        words = ["protocol", "--share-ports", "--siblings", str(member), *options]
        name = f"protocol {member.number + 1}" if member.count > 1 else "protocol"
        super().__init__(name, words, children_fd, member.memory_fd)
        self._member = member
        self._held = dict(ports)

    def ended(self) -> None:
        siblings.forget(self._member.memory_fd, self._member.number)

    def _ports(self) -> dict[str, str]:
        return self._held


async def _read_line(fd: int) -> bytes:
    """What the child writes until it closes its end; empty when it ended before."""
    reader = asyncio.StreamReader()
    file = os.fdopen(fd, "rb", buffering=0)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), file
    )
    try:
        return await reader.readline()
    finally:
        transport.close()


@contextmanager
def _locked(settings: Settings) -> Iterator[int]:
    """Hold the data folder; yields the descriptor of the lock that the children share."""
    folder = settings.run_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as exc:
        raise ConfigError(f"{settings.data} cannot be used as the data folder: {exc.strerror}") from exc
    try:
        _take_own(own, settings.data)
        shared = os.open(folder / "children.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _take_shared(shared, settings.data)
            yield shared
        finally:
            os.close(shared)
    finally:
        os.close(own)


def _take_own(fd: int, data: Path) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.pread(fd, 20, 0).decode(errors="replace").strip() or "unknown"
        raise ConfigError(f"{data} is already served by process {pid}: stop that one first") from None
    os.ftruncate(fd, 0)
    os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)


def _take_shared(fd: int, data: Path) -> None:
    """Wait for the last child of a killed `serve`; they end with it, so this is a matter of moments."""
    deadline = time.monotonic() + HANDOVER_S
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ConfigError(
                    f"processes of an earlier server still use {data}: end them first"
                ) from None
            time.sleep(0.02)
