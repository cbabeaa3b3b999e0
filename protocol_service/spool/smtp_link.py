"""A connection to another server up to where mail begins: greeting, EHLO, STARTTLS, AUTH, and how replies
are read (RFC 5321, 3207, 4954).

Every reply is bounded in time, lines and length.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, cast

from protocol_service.smtp.inbox import Inbox, LineTooLong

REPLY_LINES = 100
INPUT_BYTES = 256 * 1024
WATCH_S = 10.0
_REPLY = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?\r?\n", re.DOTALL)
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")


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


# Codes of OpenSSL's verification: expired; no issuer, or one of its own; another name, another address.
_RESULTS = {
    10: "certificate-expired",
    **dict.fromkeys((18, 19, 20, 21), "certificate-not-trusted"),
    **dict.fromkeys((62, 64), "certificate-host-mismatch"),
}


class TlsFailed(Exception):
    """The handshake after STARTTLS did not succeed; `result` is a result type of RFC 8460 §4.3."""

    def __init__(self, text: str, result: str = "validation-failure") -> None:
        super().__init__(text)
        self.result = result

    @classmethod
    def by(cls, error: Exception) -> TlsFailed:
        """The failure that an error of the TLS library means."""
        code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0
        return cls(str(error), _RESULTS.get(code, "validation-failure"))


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


class SmtpLink(asyncio.Protocol):
    """A connection to one mail host, over which one message after another may go."""

    def __init__(self, host: str, timeouts: Timeouts) -> None:
        self.host = host
        self.address = ""
        self.greeting = Reply(220, "")
        self.extensions: dict[str, str] = {}
        self.tls = ""
        self.source = ""
        self.message_count = 0
        self.is_spent = False  # not to be used for another message
        self.has_sent_data_end = False
        self._timeouts = timeouts
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox(self._loop)
        self._deadline: float | None = None  # of the wait for a reply, in the loop's time
        self._timer: asyncio.TimerHandle | None = None
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
        if self._timer is not None:
            self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        self._inbox.feed(data)
        if len(self._inbox.buffer) > INPUT_BYTES:
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
        cls,
        address: str,
        port: int,
        *,
        host: str,
        helo: str,
        timeouts: Timeouts,
        tls: Security | None,
        source: str = "",
    ) -> Self:
        """Connect and greet; with `tls` go over to it where STARTTLS is offered. `source` is the address to
        leave by.

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
                    local_addr=(source, 0) if source else None,
                )
        except ssl.SSLError as error:
            raise TlsFailed.by(error) from error
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
                    raise TlsFailed("the server offers no TLS", "starttls-not-supported")
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
        """Whether it may be used: the peer has neither closed nor said anything unasked."""
        is_connected = self._transport is not None and not self._inbox.is_at_end
        return is_connected and not self._inbox.buffer and not self.is_spent

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
            raise TlsFailed.by(error) from error
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
            self._watch(timeout_s)
            try:
                while reply is None:
                    await self._more()
                    reply = self._take_reply(lines)
            finally:
                self._deadline = None
        return reply, lines

    def _take_reply(self, lines: list[str]) -> Reply | None:
        """The reply, if all its lines are here; those that are go to `lines`."""
        try:
            while (line := self._inbox.take_line()) is not None:
                is_last, reply = _line_of_reply(line)
                lines.append(reply.text)
                if is_last:
                    return reply if len(lines) == 1 else Reply(reply.code, _joined(lines))
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
        if self._deadline is not None and self._loop.time() >= self._deadline:
            raise TimeoutError

    def _watch(self, timeout_s: float) -> None:
        """Let the wait that begins now end after so many seconds.

        A timer for each of the replies to a message would cost more than reading them: one looks after the
        connection every few seconds, and sooner where less time is given.
        """
        now = self._loop.time()
        self._deadline = now + timeout_s
        due = now + min(timeout_s, WATCH_S)
        if self._timer is not None and self._timer.when() > due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(due, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._deadline is None:
            return
        left_s = self._deadline - self._loop.time()
        if left_s <= 0:
            self._inbox.wake()
        else:
            self._timer = self._loop.call_later(min(left_s, WATCH_S), self._look)


# Most replies are the same few words.
@lru_cache(maxsize=256)
def _line_of_reply(line: bytes) -> tuple[bool, Reply]:
    """Whether a line is the last of its reply, and what it says."""
    match = _REPLY.fullmatch(line)
    if match is None:
        raise ProtocolError("the server's reply is not SMTP")
    return match[2] != b"-", Reply(int(match[1]), (match[3] or b"").decode("utf-8", "replace").strip())


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text, the enhanced status that each repeats said once."""
    first = _STATUS.match(lines[0])
    if first is None:
        return " ".join(lines)
    return " ".join([lines[0], *(line.removeprefix(first[1]).strip() for line in lines[1:])])
