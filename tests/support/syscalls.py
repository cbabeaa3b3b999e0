"""System calls of a running process as strace sees them, and what of a database they put on the disk."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STRACE = shutil.which("strace")
_CALLS = "fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg,ftruncate"
_LINE = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$", re.DOTALL)
_FILE = re.compile(r"^\d+<([^>]*)>")
_PLACE = re.compile(r"(\d+), (\d+)\) *= (\d+)$")


@dataclass(frozen=True, slots=True)
class Call:
    """One that has ended: its name, its arguments and result as they were printed."""

    name: str
    text: str

    @property
    def path(self) -> str:
        """The file it was about."""
        match = _FILE.match(self.text)
        return match[1] if match is not None else ""


class Tracer:
    """strace on a process with all its threads, from `attach` until that ends or `detach`."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._process: subprocess.Popen[bytes] | None = None

    async def attach(self, pid: int) -> None:
        """Watch a process; returns once it is watched."""
        words = [str(STRACE), "-f", "-y", "-s", "40", "-e", f"trace={_CALLS}", "-o", str(self._out)]
        self._process = subprocess.Popen([*words, "-p", str(pid)], stderr=subprocess.PIPE)  # noqa: ASYNC220  # it outlives the call
        assert self._process.stderr is not None
        line = await asyncio.to_thread(self._process.stderr.readline)
        assert b"attached" in line, line

    async def detach(self) -> None:
        """Let the process go."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        await self.ended()

    async def ended(self) -> None:
        """Wait until there is nothing more to see."""
        if self._process is not None:
            await asyncio.to_thread(self._process.communicate, timeout=20)

    def calls(self) -> Iterator[Call]:
        """What was seen, in the order in which the calls ended."""
        begun: dict[str, str] = {}
        for line in self._out.read_text("utf-8", "replace").splitlines():
            match = _LINE.match(line)
            if match is None:
                continue
            thread, name, text, resumed, rest = match.groups()
            if resumed is not None:
                yield Call(resumed, begun.pop(thread, "") + rest)
            elif text.endswith("<unfinished ...>"):
                begun[thread] = text.removesuffix("<unfinished ...>")
            else:
                yield Call(name, text)


@dataclass(slots=True)
class OnDisk:
    """How much of a write-ahead log has surely reached the disk, followed call by call.

    `lost_pages`: the log was begun anew before the database had synced what was copied into it.
    """

    database: Path
    written_bytes: int = 0
    synced_bytes: int = 0
    lost_pages: bool = False
    _is_copying: bool = False

    def follow(self, call: Call) -> bool:
        """Whether the call has made the log durable."""
        is_sync = call.name in {"fsync", "fdatasync"} and call.text.rstrip().endswith("= 0")
        if call.path == str(self.database):
            if call.name == "pwrite64":
                self._is_copying = True
            elif is_sync:
                self._is_copying = False
        if call.path != f"{self.database}-wal":
            return False
        if call.name == "pwrite64" and (place := _PLACE.search(call.text)) is not None:
            offset, size = int(place[2]), int(place[3])
            if offset == 0:
                self.lost_pages |= self._is_copying
                self.written_bytes = self.synced_bytes = 0
            self.written_bytes = max(self.written_bytes, offset + size)
        elif is_sync:
            self.synced_bytes = self.written_bytes
        return is_sync
