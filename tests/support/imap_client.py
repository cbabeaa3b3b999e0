"""A small raw IMAP client for transcripts: lines as they go over the wire, responses with their literals."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass

_LITERAL = re.compile(rb"\{(\d+)\}\r\n\Z")
TIMEOUT_S = 20


@dataclass(frozen=True)
class Answer:
    """The untagged responses to a command, without line ends, and its tagged one without tag."""

    untagged: list[bytes]
    status: bytes

    @property
    def is_ok(self) -> bool:
        return self.status.startswith(b"OK")


class ImapClient:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.greeting = b""
        self._number = 0

    @classmethod
    async def connect(cls, address: tuple[str, int], *, tls: ssl.SSLContext | None = None) -> ImapClient:
        """Connect and read the greeting."""
        reader, writer = await asyncio.open_connection(*address, ssl=tls, limit=1 << 26)
        client = cls(reader, writer)
        client.greeting = await client.response()
        return client

    async def close(self) -> None:
        """Drop the connection."""
        self.writer.close()

    def send(self, data: bytes) -> None:
        """Write bytes as they are."""
        self.writer.write(data)

    async def response(self) -> bytes:
        """One response with its literals, without the last line end; empty at the end of the stream."""
        async with asyncio.timeout(TIMEOUT_S):
            out = await self.reader.readline()
            while literal := _LITERAL.search(out):
                out += await self.reader.readexactly(int(literal[1]))
                out += await self.reader.readline()
        return out.removesuffix(b"\r\n")

    async def ended(self) -> bool:
        """Whether the server closes the connection now, without further words."""
        try:
            return await self.response() == b""
        except ConnectionResetError:  # it had not read all that we sent
            return True

    async def command(self, line: str | bytes, *literals: bytes) -> Answer:
        """A command, its synchronizing literals handed over when the server asks for them."""
        text = line.encode() if isinstance(line, str) else line
        self._number += 1
        tag = b"t%d" % self._number
        self.send(tag + b" " + text + b"\r\n")
        return await self.answer(tag, list(literals))

    async def answer(self, tag: bytes, literals: list[bytes] | None = None) -> Answer:
        """The responses up to the tagged one."""
        untagged: list[bytes] = []
        waiting = list(literals or ())
        while True:
            response = await self.response()
            if response.startswith(b"+") and waiting:
                self.send(waiting.pop(0))
            elif response.startswith(tag + b" "):
                return Answer(untagged, response[len(tag) + 1 :])
            elif not response:
                raise EOFError(untagged)
            else:
                untagged.append(response)

    async def ok(self, line: str | bytes, *literals: bytes) -> list[bytes]:
        """The untagged responses to a command that must succeed."""
        answer = await self.command(line, *literals)
        assert answer.is_ok, (line, answer)
        return answer.untagged

    async def refused(self, line: str | bytes, *literals: bytes) -> bytes:
        """The tagged response to a command that must not succeed."""
        answer = await self.command(line, *literals)
        assert not answer.is_ok, (line, answer)
        return answer.status

    async def login(self, user: str, password: str) -> None:
        """Sign in."""
        await self.ok(f'LOGIN "{user}" "{password}"')

    async def append(self, mailbox: str, raw: bytes, options: str = "") -> bytes:
        """Append a message; the tagged response."""
        answer = await self.command(f'APPEND "{mailbox}" {options}{{{len(raw)}}}', raw + b"\r\n")
        assert answer.is_ok, answer
        return answer.status
