"""The protocol processes that serve the same ports of a machine, and what they count together.

`serve` starts them with a piece of memory that all of them map. Each writes its own part of it and reads the
others', so counting together costs no question and no lock. A key is counted in one cell of each of `ROWS`
rows, chosen by a keyed hash; the lowest of them is at most too high, by what happens to share all its cells
(a count-min sketch). Whoever counts itself in before it looks at the others never makes one too many. The
part of a process that has ended is emptied by `serve`.

A process that was started by itself has no siblings and counts alone.
"""

from __future__ import annotations

import mmap
import os
import secrets
import struct
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

ROWS = 2
CELLS = 1 << 14  # in a row
MOST_COUNTED = 0xFFFF
_SECRET_BYTES = 16
_PART = struct.Struct("=Q")  # what a part begins with: bytes in hand
_ROW_BYTES = 2 * CELLS
_PART_BYTES = _PART.size + ROWS * _ROW_BYTES


@dataclass(frozen=True, slots=True)
class Siblings:
    """How many there are, which of them this is (from 0), and the descriptor of the memory they share."""

    count: int = 1
    number: int = 0
    memory_fd: int = -1

    def share_of(self, limit: int) -> int:
        """What this process may have of something of which the machine may have `limit`; at least one."""
        return max(1, limit // self.count)

    def mark(self, bits: int) -> int | None:
        """A number of so many bits that differs from the siblings', and is any number otherwise; None for
        who has none.
        """
        if self.memory_fd < 0:
            return None
        return (int.from_bytes(os.pread(self.memory_fd, 8, 0)) + self.number) % (1 << bits)

    def __str__(self) -> str:
        return f"{self.number}/{self.count}/{self.memory_fd}"

    @classmethod
    def parse(cls, text: str) -> Siblings:
        """What `str` wrote; ValueError for anything else."""
        number, count, memory_fd = map(int, text.split("/"))
        if not 0 <= number < count:
            raise ValueError(text)
        return cls(count, number, memory_fd)


def make_memory(count: int) -> int:
    """Memory for so many processes; its descriptor, which children inherit."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("postroom-counts")
    else:
        with tempfile.TemporaryFile() as file:
            fd = os.dup(file.fileno())
    os.ftruncate(fd, _SECRET_BYTES + count * _PART_BYTES)
    os.pwrite(fd, secrets.token_bytes(_SECRET_BYTES), 0)
    return fd


def forget(memory_fd: int, number: int) -> None:
    """Empty the part of a process that has ended."""
    os.pwrite(memory_fd, bytes(_PART_BYTES), _SECRET_BYTES + number * _PART_BYTES)


class Counts:
    """What a process and its siblings have of each key, and how many bytes they hold."""

    def __init__(self, siblings: Siblings) -> None:
        self._secret = b""
        self._places = lru_cache(maxsize=4096)(self._find_places)
        self._others: list[memoryview] = []
        self._others_bytes: list[memoryview] = []
        if siblings.memory_fd < 0:
            return
        size = _SECRET_BYTES + siblings.count * _PART_BYTES
        forget(siblings.memory_fd, siblings.number)
        memory = memoryview(mmap.mmap(siblings.memory_fd, size))
        self._secret = bytes(memory[:_SECRET_BYTES])
        for number in range(siblings.count):
            start = _SECRET_BYTES + number * _PART_BYTES
            held = memory[start : start + _PART.size].cast("Q")
            cells = memory[start + _PART.size : start + _PART_BYTES].cast("H")
            if number == siblings.number:
                self._own, self._own_bytes = cells, held
            else:
                self._others.append(cells)
                self._others_bytes.append(held)

    def enter(self, key: str) -> int:
        """Count one of a key in; how many the others have of it."""
        if not self._others:
            return 0
        own, most = self._own, MOST_COUNTED
        for place in self._places(key):
            if own[place] < MOST_COUNTED:
                own[place] += 1
            most = min(most, sum([cells[place] for cells in self._others]))
        return most

    def leave(self, key: str) -> None:
        """Count one out that was counted in."""
        if self._others:
            own = self._own
            for place in self._places(key):
                if own[place]:
                    own[place] -= 1

    def hold(self, size_bytes: int) -> int:
        """Say how many bytes this process holds now; how many the others do."""
        if not self._others:
            return 0
        self._own_bytes[0] = size_bytes
        return sum(held[0] for held in self._others_bytes)

    def _find_places(self, key: str) -> tuple[int, ...]:
        digest = blake2b(key.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=4).digest()
        number = int.from_bytes(digest, "little")
        return number % CELLS, CELLS + (number >> 16) % CELLS
