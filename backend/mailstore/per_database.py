"""What a process remembers of one database, dropped with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary, ref

from backend.kit import db

T = TypeVar("T")


class PerDatabase(Generic[T]):
    """A value for each database that is open in this process, made when it is first asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._values: WeakKeyDictionary[db.Database, T] = WeakKeyDictionary()
        self._last: tuple[ref[db.Database], T] | None = None  # nearly always the only one

    def __call__(self) -> T:
        database = db.database()
        if self._last is not None and self._last[0]() is database:
            return self._last[1]
        value = self._values.get(database)
        if value is None:
            value = self._values[database] = self._make()
        self._last = ref(database, self._gone), value
        return value

    def forget(self) -> None:
        """Drop what is remembered of the open database."""
        self._values.pop(db.database(), None)
        self._last = None

    def _gone(self, database: ref[db.Database]) -> None:
        if self._last is not None and self._last[0] is database:
            self._last = None
