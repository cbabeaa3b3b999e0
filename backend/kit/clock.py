"""Time, injectable: everything that decides by time asks here, so tests can move it.

Stored times are whole unix seconds unless a name ends in `_ms`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

MAX_ZONE_CHARS = 64
_source: Callable[[], float] = time.time


def now() -> int:
    """Unix time in whole seconds."""
    return int(_source())


def now_ms() -> int:
    """Unix time in milliseconds."""
    return int(_source() * 1000)


def zone(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC for one that is not known here (browsers learn new names first)."""
    try:
        return ZoneInfo(name) if 0 < len(name) <= MAX_ZONE_CHARS else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def set_source(source: Callable[[], float] | None) -> None:
    """Replace the clock (tests); None restores the system's."""
    global _source
    _source = source or time.time
