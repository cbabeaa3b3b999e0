"""A small raw POP3 client for transcripts: lines as they go over the wire."""

from __future__ import annotations

import asyncio
import ssl

TIMEOUT_S = 20


class Pop3Client:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.greeting = b""

    @classmethod
    async def connect(cls, address: tuple[str, int], *, tls: ssl.SSLContext | None = None) -> Pop3Client:
        """Connect and read the greeting."""
        reader, writer = await asyncio.open_connection(*address, ssl=tls, limit=1 << 26)
        client = cls(reader, writer)
        client.greeting = await client.line()
        return client

    async def close(self) -> None:
        """Drop the connection."""
        self.writer.close()

    def send(self, data: bytes) -> None:
        """Write bytes as they are."""
        self.writer.write(data)

    async def line(self) -> bytes:
        """One line without its end; empty at the end of the stream."""
        async with asyncio.timeout(TIMEOUT_S):
            return (await self.reader.readline()).removesuffix(b"\r\n")

    async def ended(self) -> bool:
        """Whether the server closes the connection now, without further words."""
        try:
            return await self.line() == b""
        except ConnectionResetError:  # it had not read all that we sent
            return True

    async def command(self, line: str | bytes) -> bytes:
        """The first line of the answer to a command."""
        self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.line()

    async def ok(self, line: str | bytes) -> bytes:
        """What a command that must succeed is answered, after `+OK `."""
        answer = await self.command(line)
        assert answer.startswith(b"+OK"), (line, answer)
        return answer[4:]

    async def refused(self, line: str | bytes) -> bytes:
        """What a command that must not succeed is answered, after `-ERR `."""
        answer = await self.command(line)
        assert answer.startswith(b"-ERR "), (line, answer)
        return answer[5:]

    async def rest(self) -> bytes:
        """The lines of a multi-line answer, dots undoubled, up to the line that ends it and without it."""
        lines: list[bytes] = []
        async with asyncio.timeout(TIMEOUT_S):
            while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
                lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    async def many(self, line: str | bytes) -> bytes:
        """The lines after the first one of an answer that must succeed, dots taken away."""
        await self.ok(line)
        return await self.rest()

    async def login(self, user: str, password: str) -> bytes:
        """Sign in."""
        await self.ok(f"USER {user}")
        return await self.ok(f"PASS {password}")
