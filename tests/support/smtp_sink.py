"""An SMTP server for tests that plays another host: it keeps what it gets and answers as it is told."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"<([^>]*)>(.*)")


@dataclass
class Received:
    """A message that was taken."""

    sender: str
    mail_parameters: str
    recipients: list[tuple[str, str]]
    data: bytes
    is_tls: bool
    connection: int

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.recipients]


@dataclass
class Sink:
    """Behaviour and harvest. A reply in `scripts` is used up by the command it is for: keys are verbs,
    `RCPT <address>`, other lines whole in upper case, `GREETING` and `END` (the final dot); the value `DROP`
    closes the connection instead. `announced` counts messages behind which another one came before their
    verdict.
    """

    extensions: list[str] = field(
        default_factory=lambda: ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 10000000", "DSN"]
    )
    tls: ssl.SSLContext | None = None
    implicit_tls: ssl.SSLContext | None = None
    address: tuple[str, int] = ("127.0.0.1", 0)
    messages: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    scripts: dict[str, list[str]] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    peers: list[str] = field(default_factory=list)
    connections: int = 0
    open_connections: int = 0
    most_connections: int = 0
    batches: list[int] = field(default_factory=list)
    announced: int = 0
    gate: asyncio.Event | None = None
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def script(self, key: str, *replies: str) -> None:
        """The next replies for a key."""
        self.scripts.setdefault(key, []).extend(replies)

    def reply_for(self, key: str, default: str) -> str:
        queue = self.scripts.get(key)
        if queue:
            return queue.pop(0)
        return self.always.get(key, default)

    async def wait_for(self, count: int, timeout_s: float = 15) -> None:
        """Wait until that many messages have come."""
        async with asyncio.timeout(timeout_s), self.arrived:
            await self.arrived.wait_for(lambda: len(self.messages) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        self.peers.append(writer.get_extra_info("peername")[0])
        self.open_connections += 1
        self.most_connections = max(self.most_connections, self.open_connections)
        try:
            await _Conversation(self, reader, writer, self.connections).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self.open_connections -= 1
            writer.close()


class _Drop(ConnectionError):
    """The script closes the connection."""


class _Conversation:
    def __init__(
        self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        self.sink = sink
        self.reader = reader
        self.writer = writer
        self.number = number
        self.is_tls = False
        self.reset()

    def reset(self) -> None:
        self.sender: str | None = None
        self.parameters = ""
        self.recipients: list[tuple[str, str]] = []

    def say(self, text: str) -> None:
        if text == "DROP":
            self.writer.transport.abort()
            raise _Drop
        self.writer.write(text.encode() + b"\r\n")

    async def run(self) -> None:
        self.say(self.sink.reply_for("GREETING", "220 sink.test ESMTP"))
        while line := await self.reader.readline():
            text = line.decode().rstrip("\r\n")
            self.sink.commands.append(text)
            verb = text.partition(" ")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            await getattr(self, f"do_{verb.lower()}", self.do_other)(text)
            await self.writer.drain()

    async def do_ehlo(self, text: str) -> None:
        offered = [*self.sink.extensions, *(["STARTTLS"] if self.sink.tls and not self.is_tls else [])]
        default = "\r\n".join(
            f"250{'-' if at < len(offered) else ' '}{line}" for at, line in enumerate(["sink.test", *offered])
        )
        self.say(self.sink.reply_for("EHLO", default))

    async def do_helo(self, text: str) -> None:
        self.say(self.sink.reply_for("HELO", "250 sink.test"))

    async def do_starttls(self, text: str) -> None:
        self.say(self.sink.reply_for("STARTTLS", "220 go"))
        await self.writer.drain()
        assert self.sink.tls is not None
        await self.writer.start_tls(self.sink.tls)
        self.is_tls = True

    async def do_mail(self, text: str) -> None:
        # What else lies in the buffer came in the same piece: pipelining made visible.
        self.sink.batches.append(bytes(self.reader._buffer).count(b"\r\n"))  # type: ignore[attr-defined]  # asyncio's own
        reply = self.sink.reply_for("MAIL", "250 2.1.0 ok")
        if reply.startswith("250"):
            match = _ADDRESS.search(text)
            assert match is not None
            self.sender, self.parameters = match[1], match[2].strip()
        self.say(reply)

    async def do_rcpt(self, text: str) -> None:
        match = _ADDRESS.search(text)
        assert match is not None
        default = "250 2.1.5 ok" if self.sender is not None else "503 5.5.1 no mail"
        reply = self.sink.reply_for(f"RCPT {match[1]}", self.sink.reply_for("RCPT", default))
        if reply.startswith("250"):
            self.recipients.append((match[1], match[2].strip()))
        self.say(reply)

    async def do_data(self, text: str) -> None:
        reply = self.sink.reply_for("DATA", "354 go" if self.recipients else "554 5.5.1 no recipients")
        self.say(reply)
        if not reply.startswith("354"):
            return
        await self.writer.drain()
        await self._take(await self._read_data())

    async def do_bdat(self, text: str) -> None:
        """One chunk is a whole message here (RFC 3030)."""
        _, size, last = text.split()
        assert last == "LAST"
        data = await self.reader.readexactly(int(size))
        if self.recipients:
            await self._take(data)
        else:
            self.say("503 5.5.1 no recipients")

    async def _take(self, data: bytes) -> None:
        self.sink.announced += bool(self.reader._buffer)  # type: ignore[attr-defined]  # asyncio's own
        if self.sink.gate is not None:
            await self.sink.gate.wait()
        end = self.sink.reply_for("END", "250 2.0.0 taken")
        if end.startswith("250") or end == "DROP":
            message = Received(
                self.sender or "", self.parameters, self.recipients, data, self.is_tls, self.number
            )
            async with self.sink.arrived:
                self.sink.messages.append(message)
                self.sink.arrived.notify_all()
        self.reset()
        self.say(end)

    async def _read_data(self) -> bytes:
        lines = []
        while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    async def do_rset(self, text: str) -> None:
        self.reset()
        self.say("250 2.0.0 ok")

    async def do_auth(self, text: str) -> None:
        self.say(self.sink.reply_for("AUTH", "502 5.5.1 what?"))

    async def do_other(self, text: str) -> None:
        self.say(self.sink.reply_for(text.upper(), "502 5.5.1 what?"))


@asynccontextmanager
async def smtp_sink(**behaviour: object) -> AsyncIterator[Sink]:
    """A running sink on a free port."""
    sink = Sink(**behaviour)  # type: ignore[arg-type]  # the fields of Sink
    server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=1 << 22, ssl=sink.implicit_tls)
    sink.address = server.sockets[0].getsockname()[:2]
    try:
        yield sink
    finally:
        server.close()
