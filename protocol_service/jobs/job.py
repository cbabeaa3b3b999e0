"""What a periodic job is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """Work that one process of the installation does every `every_s` seconds; it answers how much it did."""

    name: str
    every_s: float
    work: Callable[[], Awaitable[int]]
