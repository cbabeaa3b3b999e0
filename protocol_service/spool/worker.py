"""The spool worker of a process: claims what is due, keeps its leases, delivers, and stops in order.

Work comes in two ways: SMTP hands over what it has just committed with a lease for this worker, and `_poll`
claims the rest (retries, what other processes left, what did not fit), woken by `SpoolReady` or by the
clock. Lanes take messages to mailboxes; errands to other servers stand in lines that have couriers of their
own, so a slow peer holds up nobody else. What is held is renewed; what a stopping worker has not done is
given back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from backend.kit import blobs, clock, db, events
from backend.kit.config import Settings
from backend.kit.db import Tx
from backend.kit.logging import bind_correlation
from backend.kit.resolver import Resolver
from backend.spool import queue, settlements
from backend.spool.types import UNVERIFIED, Claim
from protocol_service.siblings import Siblings
from protocol_service.spool import batch, node
from protocol_service.spool.batch import Work
from protocol_service.spool.couriers import Standing
from protocol_service.spool.delivery import Delivery
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import Hops
from protocol_service.spool.remote import RemoteAgent
from protocol_service.verification import verifier
from protocol_service.verification.lookups import DnsLookups
from protocol_service.verification.verifier import Verifier
from schema.events import SpoolReady

if TYPE_CHECKING:
    from protocol_service.service import Service

log = logging.getLogger(__name__)

LANES = 16
LANES_ALWAYS = 1
# What even such a lane leaves between two messages while acceptance is pressed.
IMPATIENT_S = 0.02
CROWD = 6
GIVE_WAY_S = 0.05
POLL_S = 30.0
FAULT_S = 2.0
SHED_AFTER_S = 2.0
STOP_S = 8.0
COUNT_S = 60.0


class Worker:
    """Delivers for one process, from `start` to `close`."""

    def __init__(
        self,
        settings: Settings,
        *,
        agent: RemoteAgent | None = None,
        resolver: Resolver | None = None,
        name: str | None = None,
        siblings: Siblings | None = None,
    ) -> None:
        self.name = name or node.new_name()
        self.addresses: dict[str, tuple[str, int]] = {}
        resolver = resolver or Resolver(settings.dns_servers, asks_for_proof=settings.dns_trusted)
        self._agent = agent or RemoteAgent.build(settings, resolver=resolver)
        siblings = siblings or Siblings()
        self._verifier = Verifier(DnsLookups(resolver), at_once=siblings.share_of(verifier.AT_ONCE))
        self._wake = asyncio.Event()
        self._holdings = Holdings(self._wake.set)
        self._crowd = siblings.share_of(CROWD)
        hops: Hops[Standing] = Hops.shared(siblings)
        self._delivery = Delivery(self.name, self._agent, self._verifier, self._holdings, hops, self._spawn)
        self._lane: asyncio.Queue[Work] = asyncio.Queue()
        self._group = asyncio.TaskGroup()
        self._tasks: set[asyncio.Task[None]] = set()
        self._main: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._is_stopping = False
        self._give_way_until = 0.0
        self._crowded_since: float | None = None

    async def start(self) -> None:
        """Take over what dead workers of this machine held, and begin."""
        orphaned = node.dead(await queue.nodes_with_leases())
        if orphaned:
            count = await db.write(lambda tx: queue.give_back(tx, orphaned, now=clock.now()))
            log.info("%d recipients were leased to workers that are gone", count)
        self._unsubscribe = events.bus().subscribe(SpoolReady, lambda _: self._wake.set())
        started = asyncio.get_running_loop().create_future()
        self._main = asyncio.create_task(self._run(started), name="spool-worker")
        await started

    async def drain(self) -> None:
        """Take no more work and finish what is in hand, as far as that goes in `STOP_S`."""
        self._is_stopping = True
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_S):
                await self._holdings.empty()

    async def close(self) -> None:
        """Stop; what is not done is due at once for others."""
        self._is_stopping = True
        if _current is self:
            set_current(None)
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._main is not None:
            self._main.cancel()
            await asyncio.wait([self._main])
        await db.write(lambda tx: queue.give_back(tx, [self.name], now=clock.now()))
        await self._add_up()
        await self._agent.close()
        await self._verifier.counts.close()

    async def idle(self) -> None:
        """Wait until nothing is in hand."""
        await self._holdings.empty()

    def wake(self) -> None:
        """Look for due work now."""
        self._wake.set()

    def gives_way(self, arriving: int) -> bool:
        """Whether acceptance goes first because many messages arrive at a time: peers wait for it, nobody
        for filing.
        """
        now = asyncio.get_running_loop().time()
        if arriving >= self._crowd:
            self._give_way_until = now + GIVE_WAY_S
        return self._give_way_until > now

    def has_room(self) -> bool:
        """Whether more may be leased to this worker."""
        return self._holdings.has_room() and not self._is_stopping

    def begin(self, claim: Claim, raw: bytes | None = None) -> None:
        """Deliver what is leased to this worker; `raw` spares reading the message again."""
        mine = self._holdings.take(claim)
        if mine is None:
            return
        carried = self._holdings.carry(raw)
        if mine.message.authentication == UNVERIFIED:
            self._spawn(self._verify(mine, carried))
        else:
            self._lane.put_nowait(Work(mine, carried))

    async def _verify(self, claim: Claim, carried: bytes | None) -> None:
        """Look into the origin of a message before its turn in a lane comes: no lane waits for DNS."""
        message = claim.message
        with bind_correlation():
            try:
                raw = carried or await blobs.read(message.blob_id)
                results = await self._verifier.results(message, raw, claim.recipients[0].domain)
                verb = partial(settlements.verified, message_id=message.id, results=results, now=clock.now())
                await db.write(verb)
                claim = replace(claim, message=replace(message, authentication="\n".join(results)))
            except Exception:
                log.exception("message %d goes on unverified", message.id)
        self._lane.put_nowait(Work(claim, carried))

    async def _run(self, started: asyncio.Future[None]) -> None:
        async with self._group:
            for number in range(LANES):
                self._spawn(self._work(is_patient=number >= LANES_ALWAYS))
            self._spawn(self._poll())
            self._spawn(self._renew())
            self._spawn(self._count())
            started.set_result(None)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.add(task := self._group.create_task(work))
        task.add_done_callback(self._tasks.discard)

    async def _work(self, *, is_patient: bool) -> None:
        loop = asyncio.get_running_loop()
        while True:
            while (wait_s := self._give_way_until - loop.time()) > 0:
                await asyncio.sleep(wait_s if is_patient else min(wait_s, IMPATIENT_S))
                if not is_patient:
                    break
            works = [await self._lane.get()]
            # While acceptance is pressed, what is filed all the same is filed one by one.
            most = batch.MOST if self._give_way_until <= loop.time() else 1
            while len(works) < most and not self._lane.empty():
                works.append(self._lane.get_nowait())
            carried = [work.raw for work in works]
            try:
                await self._delivery.run_all(works)
            finally:
                for raw in carried:
                    self._holdings.put_down(raw)

    async def _poll(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                wait_s = await self._claim_due()
            except Exception:
                log.exception("the spool cannot be read")
                wait_s = FAULT_S
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._wake.wait()

    async def _claim_due(self) -> float:
        """Claim what is due and fits; for how long there will be nothing to do."""
        if not self._holdings.has_half():
            return self._shed()
        self._crowded_since = None
        now = clock.now()
        due_at = await queue.next_due_at()
        if due_at is None or due_at > now:
            return POLL_S if due_at is None else min(POLL_S, float(due_at - now))

        async def verb(tx: Tx) -> list[Claim]:
            return await queue.claim(tx, self.name, now=now)

        claims = await db.write(verb)
        for claim in claims:
            self.begin(claim)
        # Where something was due and nothing is claimed another worker was quicker; its leases show soon.
        return 0.0 if claims else 1.0

    def _shed(self) -> float:
        """There is no room: where that lasts, let go of what slow hosts are not going to take soon."""
        now = asyncio.get_running_loop().time()
        if self._crowded_since is None:
            self._crowded_since = now
        elif now - self._crowded_since >= SHED_AFTER_S:
            self._delivery.couriers.shed()
        return SHED_AFTER_S

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(queue.LEASE_S / 3)
            held = list(self._holdings.ids)
            if not held:
                continue
            try:
                await db.write(self._renewal(held), durable=False)
            except Exception:
                log.exception("leases cannot be renewed")

    async def _count(self) -> None:
        while True:
            await asyncio.sleep(COUNT_S)
            await self._add_up()

    async def _add_up(self) -> None:
        try:
            await self._agent.count()
        except Exception:
            log.exception("what was seen of TLS cannot be counted")

    def _renewal(self, held: list[int]) -> Callable[[Tx], Coroutine[Any, Any, None]]:
        return lambda tx: queue.renew(tx, self.name, held, now=clock.now())


_current: Worker | None = None


def current() -> Worker | None:
    """The worker of this process, to hand over what was just accepted; None where none runs."""
    return _current


async def start(service: Service) -> Worker:
    """Start the worker of this process."""
    worker = Worker(service.settings, siblings=service.siblings)
    await worker.start()
    set_current(worker)
    return worker


def set_current(worker: Worker | None) -> None:
    """Name the worker of this process (start-up, tests)."""
    global _current  # noqa: PLW0603  # one worker a process
    _current = worker
