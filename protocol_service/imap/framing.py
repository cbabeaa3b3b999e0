"""Whole commands out of a byte stream, and literals refused before they are read.

`feed` takes what the socket brings, `next` gives the next `Frame` (a command with its literals), `Wanted` (a
literal was announced and may come: answer `+`), `Overrun` (a command that was refused; its rest is thrown
away) or None (more bytes are needed). `next` is only asked between commands, so a `+` never stands inside the
answer to an earlier command.

Lines end with CRLF; a bare LF is taken as well, for people at a terminal. Literals are `{n}`, `{n+}` (RFC
7888) and `~{n}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from protocol_service.imap.errors import bad, no
from protocol_service.imap.limits import BEFORE_LOGIN, MAX_LITERALS, Limits

_ANNOUNCED = re.compile(rb"~?\{(\d{1,20})([+-]?)\}\Z")
_TAG = re.compile(rb'([^\x00-\x20\x7f-\xff(){%*"\\+]{1,64}) ')
_APPEND = re.compile(_TAG.pattern + rb" *(?:APPEND|(?:UID +)?REPLACE) ", re.IGNORECASE)
_TAIL = 32  # of a refused line is kept: the announcement of a literal may be cut in two


@dataclass(frozen=True, slots=True)
class Frame:
    """One command: its text without the last line end, its literals in order."""

    text: bytes
    literals: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The literal announced last is awaited by the client's leave: it waits for a continuation."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """A command beyond the limits and its answer. After `is_fatal` the stream cannot be followed any more.

    `tag` is empty where the command has none that can be read.
    """

    tag: bytes
    reply: bytes
    is_fatal: bool = False


Unit = Frame | Wanted | Overrun


class Framer:
    """The state of one connection's input."""

    __slots__ = (
        "_at", "_buffer", "_chunks", "_dropped", "_line_size", "_literal_size", "_literals", "_missing",
        "_refusal", "_text", "limits",
    )  # fmt: skip

    def __init__(self, limits: Limits = BEFORE_LOGIN) -> None:
        self.limits = limits
        self._buffer = b""
        self._at = 0
        self._begin()

    def _begin(self) -> None:
        """Forget the command: the next byte begins a new one."""
        self._text: list[bytes] = []
        self._literals: list[bytes] = []
        self._chunks: list[bytes] | None = None  # the literal under way; None where there is none to keep
        self._missing = 0
        self._line_size = 0
        self._literal_size = 0
        self._refusal: Overrun | None = None
        self._dropped = 0

    @property
    def buffered(self) -> int:
        """How many bytes wait to be cut."""
        return len(self._buffer) - self._at

    def discard(self) -> None:
        """Throw away all that has come (STARTTLS: RFC 3501 §11.1, nothing of the clear text may survive)."""
        self._buffer, self._at = b"", 0
        self._begin()

    def take_rest(self) -> bytes:
        """Give out what is not cut yet and forget it: behind COMPRESS the bytes mean something else."""
        rest = self._buffer[self._at :]
        self.discard()
        return rest

    def feed(self, data: bytes) -> None:
        """Take what the socket brought."""
        if self._missing and self._at >= len(self._buffer) and len(data) <= self._missing:
            self._keep(data)
            return
        self._buffer = self._buffer[self._at :] + data if self._at < len(self._buffer) else data
        self._at = 0

    def next(self) -> Unit | None:
        """The next unit, or None until more has come."""
        while True:
            if self._missing:
                data = self._buffer[self._at : self._at + self._missing]
                self._at += len(data)
                self._keep(data)
                if self._missing:
                    return None
            if self._chunks is not None:
                self._literals.append(self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks))
                self._chunks = None
            line = self._line()
            if line is None:
                return None
            unit = self._cut(line) if isinstance(line, bytes) else line
            if unit is not None:
                return unit

    def _keep(self, data: bytes) -> None:
        self._missing -= len(data)
        if self._chunks is not None:
            self._chunks.append(data)

    def _line(self) -> bytes | Overrun | None:
        """The next line without its end; None until it is complete; or that it is not to be followed any
        more.
        """
        start = self._at
        end = self._buffer.find(b"\n", start)
        size = (len(self._buffer) if end < 0 else end) - start
        if self._refusal is None and self._line_size + size > self.limits.line_bytes:
            self._refuse(bad("The command line is too long", "TOOBIG"), self._buffer[start : start + 256])
        if end < 0:
            return self._drop(size - _TAIL) if self._refusal is not None and size > _TAIL else None
        self._at = end + 1
        return self._buffer[start : end - 1 if end > start and self._buffer[end - 1] == 13 else end]

    def _drop(self, size: int) -> Overrun | None:
        """Throw away the next bytes of a refused command, within reason."""
        self._at += size
        return self._count_dropped(size)

    def _count_dropped(self, size: int) -> Overrun | None:
        self._dropped += size
        if self._dropped <= self.limits.discard_bytes or self._refusal is None:
            return None
        return replace(self._refusal, is_fatal=True)

    def _cut(self, line: bytes) -> Unit | None:
        """Put a line to the command; the command if it ends here."""
        announced = _ANNOUNCED.search(line) if line.endswith(b"}") else None
        if self._refusal is None:
            self._line_size += len(line)
            self._text.append(line)
        if announced is None:
            unit: Unit = self._refusal or Frame(b"\r\n".join(self._text), tuple(self._literals))
            self._begin()
            return unit
        size, waits = int(announced[1]), not announced[2]
        if self._refusal is None:
            self._admit(size)
        if self._refusal is not None:
            return self._pass_over(self._refusal, size, waits=waits)
        self._literal_size += size
        self._missing, self._chunks = size, [] if size else [b""]
        return Wanted() if waits else None

    def _pass_over(self, refusal: Overrun, size: int, *, waits: bool) -> Overrun | None:
        """A literal of a refused command: one that waits for leave never comes, others are thrown away."""
        if waits:
            self._begin()
            return refusal
        self._missing = size
        return self._count_dropped(size)

    def _admit(self, size: int) -> None:
        """Refuse the command if its next literal is beyond the limits."""
        limits = self.limits
        total = self._literal_size + size
        if len(self._literals) >= MAX_LITERALS:
            if limits.append_bytes and self._is_append():
                self._refuse(no("Too many messages for one APPEND", f"MESSAGELIMIT {MAX_LITERALS}"))
            else:
                self._refuse(bad("Too many literals", "LIMIT"))
        elif limits.append_bytes and self._is_append():
            if size > limits.append_bytes:
                self._refuse(no(f"The message is larger than {limits.append_bytes} bytes", "TOOBIG"))
            elif total > limits.command_bytes:
                self._refuse(no("The messages of one APPEND are too large together", "TOOBIG"))
        elif size > limits.literal_bytes or total > limits.command_bytes:
            self._refuse(bad("The literal is too large", "TOOBIG"))

    def _refuse(self, reply: bytes, start: bytes = b"") -> None:
        head = _TAG.match(self._text[0] if self._text else start)
        self._refusal = Overrun(head[1] if head else b"", reply)
        self._text, self._literals, self._chunks = [], [], None

    def _is_append(self) -> bool:
        return _APPEND.match(self._text[0]) is not None
