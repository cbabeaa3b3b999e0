"""What a process remembers of one database, dropped with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from backend.kit import db

T = TypeVar("T")


class PerDatabase(Generic[T]):
    """A value for each database that is open in this process, made when it is first asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._values: WeakKeyDictionary[db.Database, T] = WeakKeyDictionary()

    def __call__(self) -> T:
        database = db.database()
        value = self._values.get(database)
        if value is None:
            value = self._values[database] = self._make()
        return value

    def forget(self) -> None:
        """Drop what is remembered of the open database."""
        self._values.pop(db.database(), None)
