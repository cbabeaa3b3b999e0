"""One SMTP connection: the command loop over aiosmtpd's session shell.

aiosmtpd (pinned) makes the connection, keeps the streams and does STARTTLS; its command loop, its readers
and its verbs are replaced. Replies to commands that arrived together leave together (RFC 2920 §3.2). One
timer a connection is looked at when it fires, not moved at every command, and runs only while we wait for
the peer. Each verb is a function of `commands`; what they raise is answered here and never shown to the
peer.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from aiosmtpd.smtp import SMTP

from backend.kit.errors import MailError
from backend.kit.logging import bind_correlation, correlation_id
from protocol_service.proxy_protocol import Origin
from protocol_service.sasl import channel_binding
from protocol_service.smtp import refusals, replies
from protocol_service.smtp.checks import connection, errors
from protocol_service.smtp.commands import COMMANDS, LMTP_COMMANDS, NOT_SMTP
from protocol_service.smtp.inbox import Inbox, LineTooLong
from protocol_service.smtp.lmtp import EachReply
from protocol_service.smtp.policy import Policy
from protocol_service.smtp.reception import Reception
from protocol_service.smtp.session import Door, Hangup, Session, Transaction

log = logging.getLogger(__name__)
logging.getLogger("mail.log").disabled = True  # aiosmtpd formats every command for it, wanted or not

IDLE_S = 300.0
GREETING_S = 60.0
LINGER_S = 5.0
COMMAND_LINE_LIMIT = 2048  # RFC 5321 §4.5.3.1.4 with the additions of SIZE, DSN and SMTPUTF8
COMMAND_LIMIT = 5000  # without a message in between
SKIPPED_LIMIT = 1024 * 1024
_READ_AHEAD = 256 * 1024
_WRITE_BATCH = 16 * 1024


class Server(SMTP):
    """The protocol of a connection that came through a listener with that policy."""

    session: Session
    transaction: Transaction | None

    def __init__(self, policy: Policy, reception: Reception, *, origin: Origin | None = None) -> None:
        # aiosmtpd's own constructor looks through every method of the class for each connection and warns
        # about uses that are not ours; this sets what the inherited methods read, and a test holds the list
        # against the pin.
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(loop=loop)
        super(SMTP, self).__init__(reader, client_connected_cb=self._cb_client_connected, loop=loop)
        self.loop = loop
        self.event_handler = None
        self.hostname = reception.settings.hostname
        self.tls_context = None
        self.transport: Any = None
        self.envelope = None
        self._handle_hooks = {}
        self._handler_coroutine = None
        self._original_transport = None
        self._timeout_handle = None
        self._tls_handshake_okay = True
        self._tls_protocol = None

        self.policy = policy
        self.door = policy.door
        self._origin = origin
        self._verbs = LMTP_COMMANDS if policy.door is Door.LMTP else COMMANDS
        self.reception = reception
        self.transaction = None
        self.each: EachReply | None = None  # the answer to come is for each recipient
        self.inbox = Inbox(loop)
        self._out: list[bytes] = []
        self._out_bytes = 0
        self._deadline: float | None = None
        self._is_reading_paused = False
        self._commands = 0
        self._errors = 0
        self._refusals = 0
        self.refused_sender: tuple[str, bytes] | None = None  # the last one, with what it was told
        self.is_stranger = False
        self.greeting: tuple[str, ...] = ()  # how it waited for our banner, for the trace

    # -- what the transport calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A connection, or the same one again inside TLS: then nothing from before counts (RFC 3207 §4.2)."""
        self.inbox.clear()
        super().connection_made(transport)
        session = self.session
        origin = self._origin or session.peer
        session.address = str(origin[0]) if origin else ""
        tls = transport.get_extra_info("ssl_object")
        session.tls_version = (tls.version() or "TLS") if tls is not None else ""
        peer = session.sasl_peer
        peer.remote_address = session.address
        peer.users = self.reception.connections.users
        peer.is_private = bool(session.tls_version) or self.reception.settings.allow_insecure_auth
        if self.reception.connections.binds_channels:
            peer.bindings = channel_binding.of(tls)
        self.is_stranger = self.door is Door.MX and self.reception.is_stranger(session.address)
        self.reception.servers.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        """The peer is gone; a message that is being committed goes on without it."""
        self.session.sasl_peer.leave()
        self.reception.leave(self)
        self.inbox.feed_end()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Bytes from the peer; a peer that runs far ahead of us is not read from."""
        self.inbox.feed(data)
        if len(self.inbox.buffer) > _READ_AHEAD and self._deadline is None and not self._is_reading_paused:
            self._is_reading_paused = True
            self.transport.pause_reading()

    def eof_received(self) -> bool:
        """The peer will not send more, but may still read: what it sent is answered first."""
        self.inbox.feed_end()
        return not self.session.tls_version

    def _create_session(self) -> Session:
        return Session(self.loop, "")

    def _set_rset_state(self) -> None:
        self.end_transaction()

    def end_transaction(self) -> None:
        """Forget the message that is being handed over, and give back what its bytes held."""
        if self.transaction is not None:
            self.transaction.share.release()
            self.transaction = None

    @property
    def may_authenticate(self) -> bool:
        """Whether AUTH is open here and now: where one has to sign in, inside TLS unless the settings say
        otherwise.
        """
        return self.policy.requires_auth and self.session.sasl_peer.is_private

    @property
    def local_address(self) -> str:
        """The address of ours that the peer has reached."""
        name = self.transport.get_extra_info("sockname") if self.transport is not None else None
        return str(name[0]) if name else ""

    # -- waiting

    def _reset_timeout(self, duration: float | None = None) -> None:
        self._deadline = self.loop.time() + (duration or GREETING_S)
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_later(GREETING_S, self._timeout_cb)

    def _timeout_cb(self) -> None:
        if self.transport is None:
            return
        now = self.loop.time()
        if self._deadline is None or self._deadline > now:
            wait = GREETING_S if self._deadline is None else min(GREETING_S, self._deadline - now)
            self._timeout_handle = self.loop.call_later(wait, self._timeout_cb)
            return
        self.say(replies.IDLE)
        self._close()

    def idle_s(self) -> float:
        """How long the peer may take for its next command; short until it has said who it is."""
        session = self.session
        is_known = (
            session.principal is not None if self.policy.requires_auth else session.host_name is not None
        )
        return IDLE_S if is_known else GREETING_S

    async def more(self, deadline: float) -> None:
        """Send what is to be said, then wait for the peer until `deadline` (loop time); EOFError at its
        end.
        """
        self._write_out()
        self._deadline = deadline
        if self.transport is not None and self.transport.get_write_buffer_size() > _WRITE_BATCH:
            await self._writer.drain()  # it sends commands and does not read our answers
        if self._is_reading_paused:
            self._is_reading_paused = False
            self.transport.resume_reading()
        await self.inbox.more()
        self._deadline = None

    async def hears(self, wait_s: float) -> bool:
        """Whether the peer says something within that time; EOFError when it goes."""
        self._write_out()
        if not self.inbox.buffer:
            timer = self.loop.call_later(wait_s, self.inbox.wake)
            try:
                await self.inbox.more()
            finally:
                timer.cancel()
        if not self.inbox.buffer and self.inbox.is_at_end:
            raise EOFError
        return bool(self.inbox.buffer)

    async def linger(self, wait_s: float) -> None:
        """Do nothing for that long, or until the peer has gone; what it sends meanwhile waits."""
        self._write_out()
        ends_at = self.loop.time() + wait_s
        timer = self.loop.call_at(ends_at, self.inbox.wake)
        try:
            while self.loop.time() < ends_at:
                await self.inbox.more()
        finally:
            timer.cancel()

    async def read_line(self) -> bytes:
        """The next line with its end. A line must be whole before the deadline, however it trickles in."""
        inbox = self.inbox
        line = inbox.take_line()
        if line is None:
            deadline = self.loop.time() + self.idle_s()
            while line is None:
                if inbox.skipped_bytes > SKIPPED_LIMIT:
                    raise Hangup(replies.TOO_MANY_ERRORS)
                await self.more(deadline)
                line = inbox.take_line()
        return line

    # -- saying

    def say(self, answer: bytes) -> None:
        """Put a reply in line; it leaves when we next wait for the peer."""
        self._out.append(answer)
        self._out_bytes += len(answer)

    async def push(self, status: str | bytes) -> None:
        """What inherited code says (the 220 of STARTTLS) goes out at once."""
        line = status.encode("ascii", "replace") if isinstance(status, str) else status
        self.say(line + b"\r\n")
        self._write_out()

    def _write_out(self) -> None:
        if self._out and self.transport is not None and not self.transport.is_closing():
            self._writer.write(self._out[0] if len(self._out) == 1 else b"".join(self._out))
        self._out.clear()
        self._out_bytes = 0

    # -- the command loop

    async def _handle_client(self) -> None:
        address = self.session.address
        admitted = self.reception.connections.admit(address)
        try:
            with bind_correlation():
                if not admitted:
                    raise Hangup(replies.TOO_MANY_CONNECTIONS)
                if not self.policy.admits(address):
                    raise Hangup(replies.NOT_FOR_YOU)
                await self._converse()
        except Hangup as end:
            self.say(end.answer)
        except (EOFError, ConnectionError):
            log.debug("%s closed the connection", address)
        finally:
            if admitted:
                self.reception.connections.release(address)
            self.end_transaction()
            self._close()

    def _close(self) -> None:
        """Close once everything said has left, but do not wait long for a peer that does not take it."""
        transport = self.transport
        if transport is not None:
            self._write_out()
            transport.close()
            if transport.get_write_buffer_size() > 0:
                self.loop.call_later(LINGER_S, transport.abort)

    async def _converse(self) -> None:
        await connection.greet(self)
        while True:
            if self.reception.is_draining and self.transaction is None:
                raise Hangup(replies.SHUTTING_DOWN)
            if self._out_bytes > _WRITE_BATCH:
                self._deadline = self.loop.time() + IDLE_S
                self._write_out()
                await self._writer.drain()
                self._deadline = None
            try:
                line = await self.read_line()
            except LineTooLong:
                answer = replies.LINE_TOO_LONG
            else:
                transaction = self.transaction
                answer = await self._answer(line)
                if answer[:1] in (b"4", b"5"):
                    refusals.look(self, line, transaction, answer)
                if self.each is not None:
                    answer, self.each = self.each.replies(answer), None
            if answer[:1] == b"5":
                await self._refusing(answer)
            self.say(answer)
            self._count()

    async def _answer(self, line: bytes) -> bytes:
        if not line.endswith(b"\r\n") or line.count(b"\r") != 1 or b"\0" in line:
            return replies.BAD_LINE
        word, _, argument = line[:-2].partition(b" ")
        verb = word.upper()
        command = self._verbs.get(verb)
        if command is None:
            if verb in NOT_SMTP:
                raise Hangup(replies.NOT_SMTP)
            return replies.UNKNOWN_COMMAND
        if len(line) > COMMAND_LINE_LIMIT and verb != b"AUTH":
            return replies.LINE_TOO_LONG
        try:
            return await command(self, argument.strip())
        except MailError as refusal:
            log.info("%s refused: %s %s", verb.decode(), refusal.public, refusal.detail)
            return replies.from_error(refusal)
        except (Hangup, EOFError, ConnectionError):
            raise
        except Exception:
            log.exception("%s failed", verb.decode())
            self.end_transaction()
            return replies.try_later(correlation_id.get())

    def _count(self) -> None:
        self._commands += 1
        if self._commands > COMMAND_LIMIT:
            raise Hangup(replies.TOO_MANY_COMMANDS)

    async def _refusing(self, answer: bytes) -> None:
        """An error is about to be answered: it may come late, and be the last."""
        self._refusals += 1
        # What concerns recipients has a budget of its own (`checks.recipient`).
        if answer[4:7] not in (b"5.1", b"5.7"):
            self._errors += 1
            if self._errors > await errors.limit():
                self.say(answer)
                raise Hangup(replies.TOO_MANY_ERRORS)
        if self.is_stranger:
            await errors.slow_down(self, self._refusals)

    def recipient_taken(self) -> None:
        """A recipient counts against the limit of recipients, which may be greater than that of commands."""
        self._commands -= 1

    def message_accepted(self) -> None:
        """A whole message came through: the budgets begin anew."""
        self._commands = 0
        self._errors = 0
        self._refusals = 0

    # -- STARTTLS and shutdown

    async def start_tls(self) -> None:
        """Hand the connection to TLS; returns when the handshake is done, `Hangup` where it fails."""
        self._write_out()
        self.inbox.clear()
        self.session.sasl_peer.leave()  # what was known before TLS is forgotten
        if self._is_reading_paused:
            self._is_reading_paused = False
            self.transport.resume_reading()
        self.tls_context = self.reception.tls_context()
        clear = self.transport
        try:
            # A peer that resets the connection in the handshake leaves asyncio's TLS layer waiting for ever.
            async with asyncio.timeout(GREETING_S):
                await self.smtp_STARTTLS("")
        except Exception as error:
            log.info("TLS handshake failed: %s", error.__cause__ or error)
            # Nothing tells the protocol any more that its connection is gone.
            clear.abort()
            self.reception.leave(self)
            raise Hangup from error
        finally:
            self._deadline = None

    def drain(self) -> None:
        """Say goodbye now if the peer is between messages, else after its message."""
        if self._deadline is not None and self.transaction is None:
            self.say(replies.SHUTTING_DOWN)
            self._close()

    def revoke(self) -> None:
        """Send away a user who may no longer be signed in."""
        if self._deadline is None:
            self.abort()
            return
        self.say(replies.SIGN_IN_AGAIN)
        self._close()

    def abort(self) -> None:
        """Close without waiting."""
        if self.transport is not None:
            with contextlib.suppress(OSError):
                self.transport.abort()
