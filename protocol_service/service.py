"""One process of the protocol service: opens what its roles share, starts them, drains and closes them.

A role is a module with `async def start(service) -> Running`. All of them listen before the process says
that it is ready; at the end all drain together (no new connections, what is under way is finished), then
all close.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import logging
import signal
import ssl
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from typing import Protocol

from backend.kit import ids
from backend.kit.config import Settings
from backend.kit.runtime import Runtime, open_runtime
from protocol_service.connections import Connections
from protocol_service.siblings import Counts, Siblings
from protocol_service.tls import Certificate

log = logging.getLogger(__name__)

Addresses = dict[str, tuple[str, int]]

# In the order of their start: nothing is accepted before what delivers it runs.
ROLES = {
    "jobs": "protocol_service.jobs.scheduler",
    "index": "protocol_service.jobs.fulltext_index",
    "bulk": "protocol_service.jobs.bulk_acts",
    "timers": "protocol_service.jobs.timers",
    "push": "protocol_service.jobs.push",
    "spool": "protocol_service.spool.worker",
    "smtp": "protocol_service.smtp.listener",
    "imap": "protocol_service.imap.listener",
    "pop3": "protocol_service.pop3.listener",
    "sieve": "protocol_service.managesieve.listener",
}
# What each of several processes on a machine does; the first does the rest for all of them.
OF_EACH = frozenset({"spool", "smtp", "imap", "pop3", "sieve"})
DRAIN_S = 9.0
CLOSE_S = 2.0


class Running(Protocol):
    """A role that was started."""

    @property
    def addresses(self) -> Addresses:
        """Its listeners by the names of the ready line."""

    async def drain(self) -> None:
        """Take nothing new and finish what is under way; returns when that is done."""

    async def close(self) -> None:
        """Let go of everything, finished or not."""


class Service:
    """What the roles of a process share."""

    def __init__(
        self,
        settings: Settings,
        rt: Runtime,
        *,
        shares_ports: bool = False,
        siblings: Siblings | None = None,
    ) -> None:
        self.settings = settings
        self.rt = rt
        self.shares_ports = shares_ports
        self.siblings = siblings or Siblings()
        self.counts = Counts(self.siblings)
        self.connections = Connections(settings, counts=self.counts)
        self._certificate: Certificate | None = None

    def tls_context(self) -> ssl.SSLContext:
        """The server's context; a renewed certificate is used without asking again."""
        if self._certificate is None:
            self._certificate = Certificate(self.settings)
        return self._certificate.context


def available_roles() -> list[str]:
    """The roles that this version has."""
    return [role for role, module in ROLES.items() if _exists(module)]


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


async def run(
    settings: Settings,
    roles: Collection[str],
    ready: Callable[[Addresses], None],
    *,
    shares_ports: bool = False,
    siblings: Siblings | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the addresses once every role listens.

    With `shares_ports` further processes may listen on the same ones; `siblings` are those that do.
    """
    if siblings is not None and (mark := siblings.mark(ids.PROCESS_BITS)) is not None:
        ids.set_process(mark)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_runtime(settings, process="protocol") as rt, AsyncExitStack() as stack:
        service = Service(settings, rt, shares_ports=shares_ports, siblings=siblings)
        await service.connections.look()
        keeper = asyncio.create_task(service.connections.keep(), name="connections")
        stack.callback(keeper.cancel)
        running: list[Running] = []
        for role in [role for role in ROLES if role in roles]:
            started: Running = await importlib.import_module(ROLES[role]).start(service)
            stack.push_async_callback(_close, role, started)
            running.append(started)
        ready({name: address for part in running for name, address in part.addresses.items()})
        await stop.wait()
        log.info("draining")
        await _drain(running)


async def _drain(running: list[Running]) -> None:
    tasks = [asyncio.create_task(part.drain()) for part in running]
    done, late = await asyncio.wait(tasks, timeout=DRAIN_S) if tasks else (set(), set())
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for task in done:
        if task.exception() is not None:
            log.error("draining failed", exc_info=task.exception())


async def _close(role: str, part: Running) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await part.close()
    except Exception:
        log.exception("closing %s failed", role)
