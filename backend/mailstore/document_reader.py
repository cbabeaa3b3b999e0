"""Reads documents in a process of their own (`document_child`), which is ended when it takes too long.

A document that cannot be read has no text; nothing else follows from it. The process is started with the
first document and replaced after some, so that what a library may leak is given back.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys

from backend.formats.documents.kinds import Kind
from backend.kit import child_process, metrics
from backend.kit.child_process import Worker
from backend.mailstore.document_child import HEAD, KINDS

log = logging.getLogger(__name__)

TIMEOUT_S = 30.0
DOCUMENTS_EACH = 50
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")

_failures = metrics.counter(
    "postroom_documents_unread_total", "Documents without text, by reason", ["reason"]
)


class DocumentReader:
    """One reading process at a time."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._worker: Worker | None = None
        self._left = 0
        self._lock = asyncio.Lock()

    async def read(self, kind: Kind, data: bytes) -> str:
        """The folded text of a document, empty where there is none or it cannot be read."""
        async with self._lock:
            try:
                async with asyncio.timeout(self._timeout_s):
                    was_read, text = await self._ask(kind, data)
            except TimeoutError:
                await self._end("time")
                return ""
            except (asyncio.IncompleteReadError, ConnectionError, OSError):
                await self._end("crash")
                return ""
            except asyncio.CancelledError:
                await self._end("")
                raise
            if not was_read:
                _failures.labels("broken").inc()
            self._left -= 1
            if self._left <= 0:
                await self._end("")
            return text

    async def close(self) -> None:
        """End the process, whatever it does."""
        async with self._lock:
            await self._end("")

    async def _ask(self, kind: Kind, data: bytes) -> tuple[int, str]:
        if self._worker is None:
            self._worker = await child_process.start_worker(
                [sys.executable, "-P", "-m", "backend.mailstore.document_child"],
                environment={name: os.environ[name] for name in _KEPT if name in os.environ},
            )
            self._left = DOCUMENTS_EACH
        answers, questions = self._worker.answers, self._worker.questions
        questions.write(HEAD.pack(KINDS.index(kind), len(data)))
        questions.write(data)
        await questions.drain()
        was_read, size = HEAD.unpack(await answers.readexactly(HEAD.size))
        return was_read, (await answers.readexactly(size)).decode()

    async def _end(self, reason: str) -> None:
        if reason:
            _failures.labels(reason).inc()
            log.info("a document could not be read: %s", reason)
        worker, self._worker = self._worker, None
        if worker is not None:
            await worker.kill()
