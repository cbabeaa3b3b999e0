"""The process in which documents are read: it may hang, swell or crash, and nobody but itself is hurt.

On its standard input come frames, a byte for the kind, four for the length, and the document; on its standard
output goes for each a byte (1 where it was read, 0 where it is broken), four for the length, and text in
UTF-8. It has limits of memory and of processor time, no file it may write, and ends with its parent.
"""

from __future__ import annotations

import contextlib
import os
import resource
import struct
import sys
from typing import BinaryIO

from backend.formats.documents.kinds import Kind
from backend.formats.documents.reading import text_of
from backend.kit.child_process import end_with_parent

HEAD = struct.Struct(">BI")
KINDS = tuple(Kind)
MEMORY_BYTES = 1 << 30
CPU_S = 20
_NICE = 10


def main() -> None:
    """Read documents until the input ends."""
    _limit()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(HEAD.size)) == HEAD.size:
        kind, size = HEAD.unpack(head)
        _allow_more_time()
        _answer(sink, *_read(KINDS[kind], source.read(size)))


def _read(kind: Kind, data: bytes) -> tuple[int, bytes]:
    try:
        return 1, text_of(kind, data).encode("utf-8", "replace")
    except Exception:  # noqa: BLE001  # a broken document, in whatever way
        return 0, b""


def _answer(sink: BinaryIO, was_read: int, text: bytes) -> None:
    sink.write(HEAD.pack(was_read, len(text)) + text)
    sink.flush()


def _limit() -> None:
    end_with_parent()
    os.nice(_NICE)
    with contextlib.suppress(ValueError, OSError):  # macOS knows this limit and does not take it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_more_time() -> None:
    """The limit counts from the start of the process; each document gets its own share."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_S, hard))


if __name__ == "__main__":
    main()
