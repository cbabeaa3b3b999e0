"""A raw SMTP client: sends exactly the bytes it is given, reads whole replies."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from dataclasses import dataclass

WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply; `text` has the codes taken off and lines joined by newlines."""

    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class RawSmtp:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(
        cls, address: tuple[str, int], *, tls: ssl.SSLContext | None = None, greet: bool = True
    ) -> RawSmtp:
        """Connect; with `greet` read the 220 and say EHLO."""
        reader, writer = await asyncio.open_connection(*address, ssl=tls, limit=1 << 20)
        client = cls(reader, writer)
        if greet:
            assert (await client.reply()).code == 220
            assert (await client.command("EHLO client.example.test")).code == 250
        return client

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self.writer.write(data)

    async def reply(self) -> Reply:
        """The next whole reply."""
        lines: list[str] = []
        async with asyncio.timeout(WAIT_S):
            while True:
                line = (await self.reader.readline()).decode()
                if not line:
                    raise ConnectionError("closed by the server")
                assert line.endswith("\r\n")
                lines.append(line[4:-2])
                if line[3] != "-":
                    return Reply(int(line[:3]), "\n".join(lines))

    async def command(self, line: str) -> Reply:
        """Send a line, read its reply."""
        self.send(line.encode() + b"\r\n")
        return await self.reply()

    async def codes(self, count: int) -> list[int]:
        """The codes of the next replies."""
        return [(await self.reply()).code for _ in range(count)]

    async def mail(self, sender: str, recipients: list[str], message: bytes) -> Reply:
        """A whole transaction, step by step; the first refusal ends it and is returned."""
        for line, wanted in [
            (f"MAIL FROM:<{sender}>", 250),
            *((f"RCPT TO:<{recipient}>", 250) for recipient in recipients),
            ("DATA", 354),
        ]:
            reply = await self.command(line)
            if reply.code != wanted:
                return reply
        self.send(stuffed(message))
        return await self.reply()

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Say STARTTLS and do the handshake; EHLO is the caller's."""
        assert (await self.command("STARTTLS")).code == 220
        await self.writer.start_tls(context)

    async def at_end(self) -> bool:
        """Whether the server closes without another word."""
        async with asyncio.timeout(WAIT_S):
            return await self.reader.read() == b""

    async def close(self, *, reset: bool = False) -> None:
        """Close at once; with `reset` as a machine does that crashed, so that the server's connection
        breaks.
        """
        if reset:
            sock = self.writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def stuffed(message: bytes) -> bytes:
    """A message as DATA carries it."""
    body = message.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def trusting() -> ssl.SSLContext:
    """A client context that takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
