"""The event bus: inside the process, between processes, and after Redis was away."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from backend.kit.events import Bus, coalesce
from schema.events import CHANNEL, DomainChanged, Event, MailboxChanged, SpoolReady
from tests.support.valkey import Valkey


class Listener:
    """What reached one process, with a way to wait for it."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.events: list[Event] = []
        self.gaps = 0
        self._changed = asyncio.Event()
        for kind in (DomainChanged, MailboxChanged, SpoolReady):
            bus.subscribe(kind, self._take)
        bus.on_gap(self._gap)

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()

    def _gap(self) -> None:
        self.gaps += 1
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(15):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
async def pair(valkey: Valkey) -> AsyncIterator[tuple[Listener, Listener]]:
    """Two processes, as far as events go."""
    clients = [valkey.connect(), valkey.connect()]
    listeners = [Listener(Bus(client)) for client in clients]
    for listener in listeners:
        await listener.bus.start()
        await listener.bus.connected()
    yield listeners[0], listeners[1]
    for listener, client in zip(listeners, clients, strict=True):
        await listener.bus.close()
        await client.aclose()


def test_repeats_are_dropped_and_the_last_modseq_of_a_mailbox_says_all() -> None:
    events = [MailboxChanged(1, 2, 3), DomainChanged(1), MailboxChanged(1, 2, 5), DomainChanged(1)]

    assert coalesce([*events, MailboxChanged(1, 4, 6)]) == [
        MailboxChanged(1, 2, 5),
        DomainChanged(1),
        MailboxChanged(1, 4, 6),
    ]


def test_failing_handler_does_not_keep_others_from_hearing() -> None:
    bus, seen = Bus(), list[Event]()

    def fail(event: DomainChanged) -> None:
        raise LookupError

    bus.subscribe(DomainChanged, fail)
    remove = bus.subscribe(DomainChanged, seen.append)
    bus.publish([DomainChanged(1)])
    remove()
    bus.publish([DomainChanged(2)])

    assert seen == [DomainChanged(1)]


async def test_event_reaches_both_processes_once(pair: tuple[Listener, Listener]) -> None:
    one, two = pair

    one.bus.publish([DomainChanged(7), MailboxChanged(1, 2, 3)])
    two.bus.publish([SpoolReady(9)])
    await two.until(lambda: len(two.events) == 3)
    await one.until(lambda: len(one.events) == 3)

    assert sorted(map(str, one.events)) == sorted(map(str, two.events))
    assert one.events[:2] == [DomainChanged(7), MailboxChanged(1, 2, 3)]


async def test_first_connection_and_unreadable_events_are_gaps(
    pair: tuple[Listener, Listener], valkey: Valkey
) -> None:
    one, _ = pair
    assert one.gaps == 1

    client = valkey.connect()
    await client.publish(CHANNEL, '["newer","Unheard",{"id":1}]')
    await one.until(lambda: one.gaps == 2)
    await client.aclose()

    assert one.events == []


async def test_after_redis_was_away_both_hear_of_a_gap_and_then_events_again(
    pair: tuple[Listener, Listener], valkey: Valkey
) -> None:
    one, two = pair
    await valkey.stop()
    one.bus.publish([DomainChanged(1)])
    assert one.events == [DomainChanged(1)]
    before = two.gaps

    await valkey.start()
    await two.until(lambda: two.gaps > before)
    await one.until(lambda: one.gaps > 1)
    one.bus.publish([DomainChanged(2)])
    await two.until(lambda: DomainChanged(2) in two.events)


async def test_what_is_queued_is_sent_before_closing(valkey: Valkey, pair: tuple[Listener, Listener]) -> None:
    _, two = pair
    client = valkey.connect()
    bus = Bus(client)
    await bus.start()
    bus.publish([DomainChanged(5)])
    await bus.close()
    await client.aclose()

    await two.until(lambda: two.events == [DomainChanged(5)])


async def test_frozen_redis_delays_nobody_here_and_ends_in_the_event_or_a_gap(
    pair: tuple[Listener, Listener], valkey: Valkey
) -> None:
    one, two = pair
    valkey.freeze()

    one.bus.publish([DomainChanged(1)])
    assert one.events == [DomainChanged(1)]
    before = two.gaps
    valkey.thaw()
    await two.until(lambda: two.gaps > before or DomainChanged(1) in two.events)
    one.bus.publish([DomainChanged(2)])
    await two.until(lambda: DomainChanged(2) in two.events)
