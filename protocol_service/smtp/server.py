"""One SMTP connection: the command loop over the bytes that pass (`wire`).

Each verb is a function of `commands`; what they raise is answered here and never shown to the peer.
"""

from __future__ import annotations

import asyncio
import logging

from backend.kit.errors import MailError
from backend.kit.logging import bind_correlation, correlation_id
from protocol_service.proxy_protocol import Origin
from protocol_service.sasl import channel_binding
from protocol_service.smtp import refusals, replies, wire
from protocol_service.smtp.checks import connection, errors
from protocol_service.smtp.commands import COMMANDS, LMTP_COMMANDS, NOT_SMTP
from protocol_service.smtp.inbox import LineTooLong
from protocol_service.smtp.lmtp import EachReply
from protocol_service.smtp.policy import Policy
from protocol_service.smtp.reception import Reception
from protocol_service.smtp.session import Door, Hangup, Session, Transaction
from protocol_service.smtp.wire import Wire

log = logging.getLogger(__name__)

COMMAND_LINE_LIMIT = 2048  # RFC 5321 §4.5.3.1.4 with the additions of SIZE, DSN and SMTPUTF8
COMMAND_LIMIT = 5000  # without a message in between


class Server(Wire):
    """The protocol of a connection that came through a listener with that policy."""

    session: Session
    transaction: Transaction | None

    def __init__(self, policy: Policy, reception: Reception, *, origin: Origin | None = None) -> None:
        super().__init__(reception.settings.hostname)
        self.policy = policy
        self.door = policy.door
        self._origin = origin
        self._verbs = LMTP_COMMANDS if policy.door is Door.LMTP else COMMANDS
        self.reception = reception
        self.transaction = None
        self.each: EachReply | None = None  # the answer to come is for each recipient
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

    def idle_s(self) -> float:
        """How long the peer may take for its next command; short until it has said who it is."""
        session = self.session
        is_known = (
            session.principal is not None if self.policy.requires_auth else session.host_name is not None
        )
        return wire.IDLE_S if is_known else wire.GREETING_S

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

    async def _converse(self) -> None:
        await connection.greet(self)
        while True:
            if self.reception.is_draining and self.transaction is None:
                raise Hangup(replies.SHUTTING_DOWN)
            await self.relieve()
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
        self._read_on()
        self.tls_context = self.reception.tls_context()
        clear = self.transport
        try:
            # A peer that resets the connection in the handshake leaves asyncio's TLS layer waiting for ever.
            async with asyncio.timeout(wire.GREETING_S):
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
