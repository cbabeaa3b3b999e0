"""The event bus: committed events to this process at once, to the others through Redis (rule 1).

Events are hints. Delivery to others may fail at any time, so every reader that caches registers `on_gap`
and reads its tables anew when it is called: after each (re)connection to Redis, and when a sender says that
it lost some. Without Redis (tests, one-shot commands on an idle installation) the bus works inside the
process only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from redis.exceptions import RedisError

from backend.kit import db, tasks
from schema.events import CHANNEL, Event, MailboxChanged, decode, encode

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = logging.getLogger(__name__)

E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]
Unsubscribe = Callable[[], None]

OUTBOX_LIMIT = 10_000
# The first event of a burst goes at once. What follows travels together: soon at first, and at longer pauses
# while the burst lasts, since each message costs the sender, Redis and every other process the same.
BURST_S = 0.005
LONG_BURST_S = 0.02
BATCH_LIMIT = 500
SILENCE_S = 10.0
RETRY_S = (0.1, 0.3, 1.0, 2.0)
# What a sender publishes after it had to drop events; every reader treats it as a gap.
GAP = "gap"


class Bus:
    """Publishes and hands out events of one process; used on one event loop."""

    def __init__(self, redis: Redis | None = None) -> None:
        self.origin = secrets.token_hex(6)
        self._own = (f'["{self.origin}",', f"{GAP} {self.origin}")
        self._redis = redis
        self._handlers: defaultdict[type[Event], list[Handler]] = defaultdict(list)
        self._gap_handlers: list[Callable[[], None]] = []
        self._outbox: deque[Event] = deque()
        self._has_dropped = False
        self._wake = asyncio.Event()
        self._sent = asyncio.Event()
        self._connected = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> Unsubscribe:
        """Call `handler` on the event loop with every event of that kind; it must not block."""
        return _add(self._handlers[kind], handler)

    def on_gap(self, handler: Callable[[], None]) -> Unsubscribe:
        """Call `handler` when events may have been missed: re-read what is cached."""
        return _add(self._gap_handlers, handler)

    def publish(self, events: Iterable[Event]) -> None:
        """Hand committed events to this process, then queue them for the others."""
        distinct = coalesce(events)
        for event in distinct:
            self._deliver(event)
        if self._redis is None:
            return
        if len(self._outbox) + len(distinct) > OUTBOX_LIMIT:
            self._outbox.clear()
            self._has_dropped = True
        else:
            self._outbox.extend(distinct)
        self._wake.set()

    async def start(self) -> None:
        """Connect to the others in the background; a Redis that is away now is tried again."""
        if self._redis is not None:
            self._tasks = [
                asyncio.create_task(self._send(), name="bus-send"),
                asyncio.create_task(self._receive(), name="bus-receive"),
            ]

    async def connected(self) -> None:
        """Wait until events of other processes arrive (start-up, tests)."""
        if self._redis is not None:
            await self._connected.wait()

    async def close(self, flush_s: float = 1.0) -> None:
        """Send what is queued, for at most `flush_s`, and stop."""
        if self._tasks and self._outbox:
            self._sent.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._sent.wait(), flush_s)
        await tasks.end(*self._tasks)
        self._tasks = []

    def _deliver(self, event: Event) -> None:
        for handler in tuple(self._handlers.get(type(event), ())):
            try:
                handler(event)
            except Exception:
                log.exception("handler of %s failed", type(event).__name__)

    def _gap(self) -> None:
        for handler in tuple(self._gap_handlers):
            try:
                handler()
            except Exception:
                log.exception("gap handler failed")

    # -- to the others

    async def _send(self) -> None:
        failures = 0
        while True:
            await self._wake.wait()
            self._wake.clear()
            pause_s = BURST_S
            while self._outbox or self._has_dropped:
                batch = [self._outbox[i] for i in range(min(len(self._outbox), BATCH_LIMIT))]
                try:
                    await self._send_batch(batch)
                except (RedisError, OSError, TimeoutError) as exc:
                    self._has_dropped = True
                    self._outbox.clear()
                    log.warning("events cannot be sent to other processes: %s", exc)
                    await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])
                    failures += 1
                else:
                    failures = 0
                    await asyncio.sleep(pause_s)
                    pause_s = min(2 * pause_s, LONG_BURST_S)
            self._sent.set()

    async def _send_batch(self, batch: list[Event]) -> None:
        assert self._redis is not None  # noqa: S101  # the task is started only with one
        lines = [encode(event, self.origin) for event in coalesce(batch)]
        if self._has_dropped:
            lines.insert(0, f"{GAP} {self.origin}")
        await self._redis.publish(CHANNEL, "\n".join(lines))
        self._has_dropped = False
        for _ in batch:
            if self._outbox:
                self._outbox.popleft()

    # -- from the others

    async def _receive(self) -> None:
        failures = 0
        while True:
            try:
                await self._listen()
                failures = 0
            except (RedisError, OSError, TimeoutError) as exc:
                if self._connected.is_set():
                    log.warning("events of other processes cannot be heard: %s", exc)
                    failures = 0
                self._connected.clear()
                await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])
                failures += 1

    async def _listen(self) -> None:
        assert self._redis is not None  # noqa: S101
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            is_asked = False
            while True:
                message = await pubsub.get_message(timeout=SILENCE_S)
                if message is None:
                    if is_asked:
                        raise TimeoutError("no answer")
                    is_asked = True
                    await pubsub.ping()
                    continue
                is_asked = False
                if message["type"] == "subscribe":
                    self._connected.set()
                    self._gap()
                elif message["type"] == "message":
                    self._take(message["data"])

    def _take(self, data: bytes | str) -> None:
        text = data.decode() if isinstance(data, bytes) else data
        if text.startswith(self._own):  # and with it all that came together: nothing is read for nothing
            return
        for line in text.split("\n"):
            if line.startswith(GAP):
                self._gap()
                continue
            try:
                _, event = decode(line)
            except ValueError as exc:
                log.warning("%s", exc)  # a newer version's event: a hint we cannot read is a gap
                self._gap()
                continue
            self._deliver(event)


def coalesce(events: Iterable[Event]) -> list[Event]:
    """Drop repeats; of several changes of one mailbox the last modseq says all."""
    distinct: dict[Any, Event] = {}
    for event in events:
        key = (event.account_id, event.mailbox_id) if isinstance(event, MailboxChanged) else event
        distinct[key] = event
    return list(distinct.values())


def _add(handlers: list[Any], handler: Any) -> Unsubscribe:
    handlers.append(handler)

    def remove() -> None:
        with contextlib.suppress(ValueError):
            handlers.remove(handler)

    return remove


_bus: Bus | None = None


def bus() -> Bus:
    """The bus of this process."""
    if _bus is None:
        raise RuntimeError("no event bus is open in this process")
    return _bus


def set_bus(new: Bus | None) -> None:
    """Name the bus of this process; committed events go to it from now on."""
    global _bus
    _bus = new
    db.set_publisher(new.publish if new is not None else None)


def announce(event: Event) -> None:
    """Publish after COMMIT of the current transaction; at once where there is none."""
    tx = db.current_tx.get()
    if tx is not None:
        tx.announce(event)
    else:
        db.publish([event])
