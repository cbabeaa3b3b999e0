"""Time that only a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backend.kit import clock


class Clock:
    """Unix seconds that stand still until they are moved."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@contextmanager
def standing(now: float = 1_800_000_000.0) -> Iterator[Clock]:
    """Everything that decides by time sees this one."""
    made = Clock(now)
    clock.set_source(made)
    try:
        yield made
    finally:
        clock.set_source(None)
