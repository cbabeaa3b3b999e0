"""What a process remembers of the directory, and when it forgets.

A `Cache` gives a value for at most `ttl_s`, so that a process which missed an event (Redis is a hint, rule 1)
is right again soon. Events drop sooner: each cache names what it drops for a domain, a user or a setting of
the system. A value whose loading began before a drop is not kept. All caches start empty with each event bus
(a new runtime).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar

from backend.kit import clock, events
from backend.kit.db import current_tx
from schema.events import DomainChanged, Event, PausesChanged, SessionRevoked, SettingsChanged, UserChanged

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key, each with its end; the whole is emptied when `limit` is reached.

    `group` names what an entry belongs to (a domain's id), so that all of it can be dropped at once.
    """

    def __init__(
        self,
        *,
        ttl_s: int,
        limit: int,
        drop: Callable[[Cache[K, V], Event], None],
        group: Callable[[V], int | None] = lambda _: None,
    ) -> None:
        self.ttl_s = ttl_s
        self.limit = limit
        self._drop = drop
        self._group = group
        self._values: dict[K, tuple[int, V]] = {}
        self._groups: dict[int, set[K]] = {}
        self._generation = 0
        _Ear.caches.append(self)

    def peek(self, key: K) -> V | None:
        """The remembered value, or None."""
        if events.bus() is not _Ear.bus:
            _listen()
        found = self._values.get(key)
        if found is None or found[0] <= clock.now() or current_tx.get() is not None:
            return None
        return found[1]

    async def get(self, key: K, load: Callable[[K], Awaitable[V]]) -> V:
        """The remembered value, or what `load` answers, remembered."""
        found = self.peek(key)
        if found is not None:
            return found
        if current_tx.get() is not None:
            # What an open transaction sees may never be committed.
            return await load(key)
        generation = self._generation
        value = await load(key)
        if generation == self._generation:
            self.put(key, value)
        return value

    def put(self, key: K, value: V) -> None:
        """Remember a value from now on."""
        if len(self._values) >= self.limit:
            self.clear()
        self._values[key] = (clock.now() + self.ttl_s, value)
        group = self._group(value)
        if group is not None:
            self._groups.setdefault(group, set()).add(key)

    def drop(self, key: K) -> None:
        """Forget one key."""
        self._generation += 1
        self._values.pop(key, None)

    def drop_group(self, group: int) -> None:
        """Forget every entry of a group."""
        self._generation += 1
        for key in self._groups.pop(group, ()):
            self._values.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._generation += 1
        self._values.clear()
        self._groups.clear()

    def hear(self, event: Event) -> None:
        """Drop what the event says has changed."""
        self._drop(self, event)

    def __len__(self) -> int:
        return len(self._values)


class _Ear:
    """The bus that the caches listen to."""

    bus: events.Bus | None = None
    caches: ClassVar[list[Cache[Any, Any]]] = []


def _listen() -> None:
    bus = events.bus()
    _Ear.bus = bus
    clear_all()
    for kind in (DomainChanged, UserChanged, SettingsChanged, SessionRevoked, PausesChanged):
        bus.subscribe(kind, _hear)
    bus.on_gap(clear_all)


def _hear(event: Event) -> None:
    for cache in _Ear.caches:
        cache.hear(event)


def clear_all() -> None:
    """Forget everything of the directory (after a gap in the events, in tests)."""
    for cache in _Ear.caches:
        cache.clear()
