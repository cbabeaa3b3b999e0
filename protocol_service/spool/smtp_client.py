"""Our side of a conversation with another server (RFC 5321, PIPELINING 2920, CHUNKING 3030, SIZE 1870, DSN
3461, SMTPUTF8 6531).

One connection, used for one message after another. Where the server allows it MAIL, every RCPT and DATA
leave in one piece, and with BDAT a first small message as well. Every reply is bounded in time, lines and
length. Nothing is resent here and no outcome is judged: that is for `remote`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from protocol_service.smtp.inbox import Inbox, LineTooLong

REPLY_LINES = 100
_REPLY = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?\r?\n", re.DOTALL)
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")
_BLOCK_BYTES = 64 * 1024
_THREAD_BYTES = 1024 * 1024
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the peer may take, in seconds (RFC 5321 §4.5.3.2)."""

    connect: float = 30
    greeting: float = 120
    command: float = 300
    data: float = 120
    block: float = 180
    end_of_data: float = 600
    quit: float = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply; `text` without codes, lines joined by spaces."""

    code: int
    text: str

    @property
    def is_positive(self) -> bool:
        """2xx, or 354."""
        return self.code < 400

    @property
    def is_permanent(self) -> bool:
        """5xx."""
        return self.code >= 500

    @property
    def status(self) -> str:
        """The enhanced status it names, else the plainest of its class (RFC 3463)."""
        match = _STATUS.match(self.text)
        if match is not None and match[1][0] == str(self.code)[0]:
            return match[1]
        return f"{min(5, self.code // 100)}.0.0" if self.code >= 400 else "2.0.0"

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class ProtocolError(Exception):
    """The peer does not speak SMTP, or hung up; a `TimeoutError` is raised as such."""


class TlsFailed(Exception):
    """The handshake after STARTTLS did not succeed."""


@dataclass(frozen=True, slots=True)
class Rcpt:
    """A recipient in wire form, with its DSN parameters."""

    path: str
    notify: str = ""
    orcpt: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for one server."""

    sender: str
    recipients: tuple[Rcpt, ...]
    raw: bytes
    needs_smtputf8: bool = False
    requires_tls: bool = False
    priority: int = 0
    ret: str = ""
    envid: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the server said to MAIL, to each RCPT, and to the message; the later ones are missing after a
    refusal.
    """

    mail: Reply
    recipients: tuple[Reply, ...] = ()
    data: Reply | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """How a connection is to be secured. `check` looks at the handshake beyond what `context` verifies,
    `describe` puts it into words, `is_implicit` begins with TLS (RFC 8314).
    """

    context: ssl.SSLContext
    is_required: bool = False
    is_implicit: bool = False
    check: Callable[[ssl.SSLObject], bool] = lambda _: True
    describe: Callable[[ssl.SSLObject], str] = lambda tls: tls.version() or "TLS"


class SmtpClient(asyncio.Protocol):
    """A connection to one mail host."""

    def __init__(self, host: str, timeouts: Timeouts) -> None:
        self.host = host
        self.address = ""
        self.greeting = Reply(220, "")
        self.extensions: dict[str, str] = {}
        self.tls = ""
        self.message_count = 0
        self.has_sent_data_end = False
        self._timeouts = timeouts
        self._inbox = Inbox(asyncio.get_running_loop())
        self._transport: asyncio.Transport | None = None
        self._may_write = asyncio.Event()
        self._may_write.set()

    # -- what the transport calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop has transports of its own class

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._inbox.feed_end()
        self._may_write.set()

    def data_received(self, data: bytes) -> None:
        self._inbox.feed(data)
        if len(self._inbox.buffer) > _BLOCK_BYTES * 4:
            self.close()

    def eof_received(self) -> None:
        self._inbox.feed_end()

    def pause_writing(self) -> None:
        self._may_write.clear()

    def resume_writing(self) -> None:
        self._may_write.set()

    # -- the conversation

    @classmethod
    async def connect(
        cls, address: str, port: int, *, host: str, helo: str, timeouts: Timeouts, tls: Security | None
    ) -> SmtpClient:
        """Connect and greet; with `tls` go over to it where STARTTLS is offered.

        Raises OSError, TimeoutError, `ProtocolError`, or `TlsFailed`, also where TLS is required and not
        offered. A refusing greeting is left in `greeting`.
        """
        loop = asyncio.get_running_loop()
        first = tls.context if tls is not None and tls.is_implicit else None
        try:
            async with asyncio.timeout(timeouts.connect):
                _, client = await loop.create_connection(
                    lambda: cls(host, timeouts),
                    address,
                    port,
                    ssl=first,
                    server_hostname=host if first is not None else None,
                )
        except ssl.SSLError as error:
            raise TlsFailed(str(error)) from error
        client.address = address
        try:
            if tls is not None and tls.is_implicit:
                client._secured(tls)
            client.greeting = await client._reply(timeouts.greeting)
            if client.greeting.is_positive:
                await client._hello(helo)
                if tls is not None and not client.tls and "STARTTLS" in client.extensions:
                    await client._start_tls(tls, helo)
                if tls is not None and tls.is_required and not client.tls:
                    raise TlsFailed("the server offers no TLS")
        except BaseException:
            client.close()
            raise
        return client

    async def sign_in(self, username: str, password: str) -> Reply:
        """AUTH PLAIN, or LOGIN where the server knows no other (RFC 4954); never in clear text."""
        if not self.tls:
            raise ProtocolError("a password is only sent over TLS")
        mechanisms = self.extensions.get("AUTH", "").upper().split()
        if "PLAIN" in mechanisms:
            token = b64encode(f"\0{username}\0{password}".encode())
            return await self._command(b"AUTH PLAIN " + token + b"\r\n", self._timeouts.command)
        if "LOGIN" not in mechanisms:
            return Reply(504, "5.5.4 The server offers no way to sign in that we know")
        reply = await self._command(b"AUTH LOGIN\r\n", self._timeouts.command)
        for word in (username, password):
            if reply.code != 334:
                return reply
            reply = await self._command(b64encode(word.encode()) + b"\r\n", self._timeouts.command)
        return reply

    async def send(self, mail: Outgoing) -> Answers:
        """Hand one message over. Raises as `connect` does; `has_sent_data_end` tells whether it may have
        been taken.
        """
        self.has_sent_data_end = False
        commands = [self._mail_command(mail), *(self._rcpt_command(rcpt) for rcpt in mail.recipients)]
        if "PIPELINING" in self.extensions:
            if "CHUNKING" in self.extensions:
                return await self._send_chunk(mail, commands)
            return await self._send_pipelined(mail, commands)
        return await self._send_stepwise(mail, commands)

    async def quit(self) -> None:
        """Say goodbye and close."""
        try:
            await self._command(b"QUIT\r\n", self._timeouts.quit)
        except (OSError, ProtocolError):
            self.close()
        self.close()

    def close(self) -> None:
        """Close without a word."""
        if self._transport is not None:
            self._transport.abort()

    @property
    def is_open(self) -> bool:
        """Whether the peer has neither closed nor said anything unasked."""
        return self._transport is not None and not self._inbox.is_at_end and not self._inbox.buffer

    async def _send_pipelined(self, mail: Outgoing, commands: Sequence[bytes]) -> Answers:
        self._write(b"".join(commands) + b"DATA\r\n")
        answered = await self._reply(self._timeouts.command)
        recipients = tuple([await self._reply(self._timeouts.command) for _ in mail.recipients])
        begin = await self._reply(self._timeouts.data)
        is_wanted = answered.is_positive and any(reply.is_positive for reply in recipients)
        if begin.code != 354:
            return Answers(answered, recipients, begin)
        if not is_wanted:
            # The server waits for data although it took nobody: end it at once (RFC 2920 §3.1).
            await self._command(b".\r\n", self._timeouts.end_of_data)
            return Answers(answered, recipients, Reply(554, "5.5.1 No valid recipients"))
        return Answers(answered, recipients, await self._send_data(mail.raw))

    async def _send_chunk(self, mail: Outgoing, commands: Sequence[bytes]) -> Answers:
        """MAIL, RCPT and BDAT (RFC 3030). On a new connection a small message leaves together with them; on
        one that was open before the peer may be about to close it, and whether it took the message could not
        be known.
        """
        body = await _apart(lines_ended, mail.raw)
        chunk = b"BDAT %d LAST\r\n" % len(body)
        is_at_once = self.message_count == 0 and len(body) <= _BLOCK_BYTES
        self.has_sent_data_end = is_at_once
        self._write(b"".join([*commands, chunk, body] if is_at_once else commands))
        answered = await self._reply(self._timeouts.command)
        recipients = tuple([await self._reply(self._timeouts.command) for _ in mail.recipients])
        is_wanted = answered.is_positive and any(reply.is_positive for reply in recipients)
        if is_at_once:
            reply = await self._reply(self._timeouts.end_of_data)
            self.message_count += 1
        elif is_wanted:
            self._write(chunk)
            reply = await self._send_blocks(body)
        if not is_wanted or not reply.is_positive:
            await self._command(b"RSET\r\n", self._timeouts.command)  # RFC 3030 §2
        return Answers(answered, recipients, reply if is_wanted else None)

    async def _send_stepwise(self, mail: Outgoing, commands: Sequence[bytes]) -> Answers:
        answered = await self._command(commands[0], self._timeouts.command)
        if not answered.is_positive:
            return Answers(answered)
        recipients = tuple([await self._command(command, self._timeouts.command) for command in commands[1:]])
        if not any(reply.is_positive for reply in recipients):
            await self._command(b"RSET\r\n", self._timeouts.command)
            return Answers(answered, recipients)
        begin = await self._command(b"DATA\r\n", self._timeouts.data)
        if begin.code != 354:
            return Answers(answered, recipients, begin)
        return Answers(answered, recipients, await self._send_data(mail.raw))

    async def _send_data(self, raw: bytes) -> Reply:
        body = await _apart(stuffed, raw)
        return await self._send_blocks(body)

    async def _send_blocks(self, body: bytes) -> Reply:
        """The last bytes of a message, and what is said to it."""
        if len(body) <= _BLOCK_BYTES:
            self._write(body)
        else:
            view = memoryview(body)
            for start in range(0, len(body), _BLOCK_BYTES):
                self._write(view[start : start + _BLOCK_BYTES])
                async with asyncio.timeout(self._timeouts.block):
                    await self._may_write.wait()
        self.has_sent_data_end = True
        reply = await self._reply(self._timeouts.end_of_data)
        self.message_count += 1
        return reply

    async def _hello(self, helo: str) -> None:
        reply, lines = await self._ask_lines(f"EHLO {helo}\r\n".encode("ascii"), self._timeouts.command)
        self.extensions = {}
        if reply.is_positive:
            for line in lines[1:]:
                keyword, _, value = line.partition(" ")
                self.extensions[keyword.upper()] = value.strip()
            return
        reply = await self._command(f"HELO {helo}\r\n".encode("ascii"), self._timeouts.command)
        if not reply.is_positive:
            self.greeting = reply

    async def _start_tls(self, tls: Security, helo: str) -> None:
        reply = await self._command(b"STARTTLS\r\n", self._timeouts.command)
        if reply.code != 220:
            return
        if self._inbox.buffer or self._transport is None:
            raise ProtocolError("clear text behind STARTTLS")
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(
                self._transport,
                self,
                tls.context,
                server_hostname=self.host,
                ssl_handshake_timeout=self._timeouts.connect,
            )
        except (ssl.SSLError, OSError) as error:
            raise TlsFailed(str(error)) from error
        if transport is None:
            raise TlsFailed("the connection was closed")
        self._transport = transport
        self._secured(tls)
        await self._hello(helo)

    def _secured(self, tls: Security) -> None:
        """The handshake is done: look at what it showed."""
        shown = self._transport.get_extra_info("ssl_object") if self._transport is not None else None
        if shown is None or not tls.check(shown):
            raise TlsFailed("the certificate is not the one that was promised")
        self.tls = tls.describe(shown)

    def _mail_command(self, mail: Outgoing) -> bytes:
        parameters = [f"MAIL FROM:<{mail.sender}>"]
        if "SIZE" in self.extensions:
            parameters.append(f"SIZE={len(mail.raw)}")
        if "8BITMIME" in self.extensions and not mail.raw.isascii():
            parameters.append("BODY=8BITMIME")
        if mail.needs_smtputf8:
            parameters.append("SMTPUTF8")
        if mail.requires_tls:
            parameters.append("REQUIRETLS")
        if mail.priority and "MT-PRIORITY" in self.extensions:
            parameters.append(f"MT-PRIORITY={mail.priority}")
        if "DSN" in self.extensions:
            parameters += [f"RET={mail.ret}"] if mail.ret else []
            parameters += [f"ENVID={mail.envid}"] if mail.envid else []
        return _line(parameters)

    def _rcpt_command(self, rcpt: Rcpt) -> bytes:
        parameters = [f"RCPT TO:<{rcpt.path}>"]
        if "DSN" in self.extensions:
            parameters += [f"NOTIFY={rcpt.notify}"] if rcpt.notify else []
            parameters += [f"ORCPT={rcpt.orcpt}"] if rcpt.orcpt else []
        return _line(parameters)

    # -- bytes

    async def _command(self, line: bytes, timeout_s: float) -> Reply:
        self._write(line)
        return await self._reply(timeout_s)

    async def _ask_lines(self, line: bytes, timeout_s: float) -> tuple[Reply, list[str]]:
        self._write(line)
        return await self._reply_lines(timeout_s)

    def _write(self, data: bytes | memoryview) -> None:
        if self._transport is None:
            raise ProtocolError("the server closed the connection")
        self._transport.write(data)

    async def _reply(self, timeout_s: float) -> Reply:
        reply, _ = await self._reply_lines(timeout_s)
        return reply

    async def _reply_lines(self, timeout_s: float) -> tuple[Reply, list[str]]:
        lines: list[str] = []
        reply = self._take_reply(lines)
        if reply is None:
            async with asyncio.timeout(timeout_s):
                while reply is None:
                    await self._more()
                    reply = self._take_reply(lines)
        return reply, lines

    def _take_reply(self, lines: list[str]) -> Reply | None:
        """The reply, if all its lines are here; those that are go to `lines`."""
        try:
            while (line := self._inbox.take_line()) is not None:
                match = _REPLY.fullmatch(line)
                if match is None:
                    raise ProtocolError("the server's reply is not SMTP")
                lines.append((match[3] or b"").decode("utf-8", "replace").strip())
                if match[2] != b"-":
                    return Reply(int(match[1]), lines[0] if len(lines) == 1 else _joined(lines))
                if len(lines) == REPLY_LINES:
                    raise ProtocolError("the server's reply does not end")
        except LineTooLong:
            raise ProtocolError("the server's reply is too long") from None
        return None

    async def _more(self) -> None:
        try:
            await self._inbox.more()
        except EOFError:
            raise ProtocolError("the server closed the connection") from None


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text, the enhanced status that each repeats said once."""
    first = _STATUS.match(lines[0])
    if first is None:
        return " ".join(lines)
    return " ".join([lines[0], *(line.removeprefix(first[1]).strip() for line in lines[1:])])


def _line(parameters: Sequence[str]) -> bytes:
    text = " ".join(parameters)
    if "\r" in text or "\n" in text:
        raise ProtocolError("a line break in an address")  # nothing may ever add a command
    return text.encode("utf-8") + b"\r\n"


async def _apart(work: Callable[[bytes], bytes], raw: bytes) -> bytes:
    """Work through a message, a large one in a thread."""
    return await asyncio.to_thread(work, raw) if len(raw) > _THREAD_BYTES else work(raw)


def lines_ended(raw: bytes) -> bytes:
    """The message with CR LF as its only line ends."""
    pairs = raw.count(b"\r\n")
    if raw.count(b"\n") != pairs or raw.count(b"\r") != pairs:
        return _BARE.sub(b"\r\n", raw)
    return raw


def stuffed(raw: bytes) -> bytes:
    """The message as DATA sends it: CR LF line ends only, dots doubled, the final dot behind it."""
    body = lines_ended(raw).replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b".\r\n" if not body or body.endswith(b"\r\n") else b"\r\n.\r\n")
