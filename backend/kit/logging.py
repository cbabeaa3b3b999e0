"""Logs: one JSON object a line on stderr, each with the process and the correlation id of what it belongs to.

Modules log through the standard library (`logging.getLogger(__name__)`). `bind_correlation` opens a
session, request or job; the id it makes is what a peer is told with a temporary failure.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from backend.kit import ids

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")

# These tell their own story at INFO for every request or connection.
_QUIET = ("asyncio", "httpx", "tortoise", "uvicorn.access", "uvicorn.error", "websockets")


@contextmanager
def bind_correlation(given: str = "") -> Iterator[str]:
    """Everything logged inside the block carries one id, a new one unless `given`."""
    value = given or ids.short(ids.new_id())
    token = correlation_id.set(value)
    try:
        yield value
    finally:
        correlation_id.reset(token)


def configure(level: str, process: str) -> None:
    """Send the logs of this process to stderr: JSON, or coloured lines where a person is watching."""
    import orjson
    import structlog

    def add_context(logger: Any, name: str, event: Any) -> Any:
        event["process"] = process
        if correlation := correlation_id.get():
            event["correlation_id"] = correlation
        return event

    def to_json(logger: Any, name: str, event: Any) -> str:
        return orjson.dumps(event, default=repr).decode()

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", key="at"),
        add_context,
    ]
    is_watched = sys.stderr.isatty()
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer(timestamp_key="at")]
        if is_watched
        else [structlog.processors.format_exc_info, to_json]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
