"""Time, injectable: everything that decides by time asks here, so tests can move it.

Stored times are whole unix seconds unless a name ends in `_ms`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_source: Callable[[], float] = time.time


def now() -> int:
    """Unix time in whole seconds."""
    return int(_source())


def now_ms() -> int:
    """Unix time in milliseconds."""
    return int(_source() * 1000)


def set_source(source: Callable[[], float] | None) -> None:
    """Replace the clock (tests); None restores the system's."""
    global _source
    _source = source or time.time
