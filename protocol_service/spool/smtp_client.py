"""Our side of a conversation with another server (RFC 5321, PIPELINING 2920, CHUNKING 3030, SIZE 1870, DSN
3461, SMTPUTF8 6531).

One connection, used for one message after another. Where the server allows it MAIL, every RCPT and DATA
leave in one piece, and with BDAT a first small message as well. The envelope of the next message may go
along behind the end of the one before (RFC 2920 §3.1), so that each costs one round trip. Nothing is resent
here and no outcome is judged: that is for `remote`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.formats import line_ends
from protocol_service.spool.smtp_link import ProtocolError, Reply, SmtpLink

# So long an announced message waits for the verdict on the one before it.
PATIENCE_S = 5.0
_BLOCK_BYTES = 64 * 1024
_THREAD_BYTES = 1024 * 1024


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


class Onward(Protocol):
    """Which message comes next on a connection."""

    async def following(self) -> Outgoing | None:
        """The one to announce behind the message on the wire; None for none."""

    def let_go(self) -> None:
        """It goes another way: this connection is of no more use after the message on the wire."""


class SmtpClient(SmtpLink):
    """A connection to one mail host that takes messages."""

    _announced: Outgoing | None = None

    async def send(self, mail: Outgoing, onward: Onward | None = None) -> Answers:
        """Hand one message over; where `onward` named one during the last call, that one. Raises as `connect`
        does; `has_sent_data_end` tells whether it may have been taken.
        """
        self.has_sent_data_end = False
        announced, self._announced = self._announced, None
        if announced is not None and announced is not mail:
            raise ProtocolError("another message was announced")
        if announced is None and self._inbox.buffer:
            # An answer to nothing would be taken for that to our next command.
            raise ProtocolError("the server talks unasked")
        if "PIPELINING" not in self.extensions:
            return await self._send_stepwise(mail)
        send = self._send_chunk if "CHUNKING" in self.extensions else self._send_pipelined
        return await send(mail, onward, is_announced=announced is not None)

    async def _send_pipelined(self, mail: Outgoing, onward: Onward | None, *, is_announced: bool) -> Answers:
        if not is_announced:
            self._write(self._envelope(mail))
        answered = await self._reply(self._timeouts.command)
        recipients = tuple([await self._reply(self._timeouts.command) for _ in mail.recipients])
        begin = _go_ahead(await self._reply(self._timeouts.data))
        is_wanted = answered.is_positive and any(reply.is_positive for reply in recipients)
        if begin.code != 354:
            return Answers(answered, recipients, begin)
        if not is_wanted:
            # The server waits for data although it took nobody: end it at once (RFC 2920 §3.1).
            await self._command(b".\r\n", self._timeouts.end_of_data)
            return Answers(answered, recipients, Reply(554, "5.5.1 No valid recipients"))
        body = await _apart(stuffed, mail.raw)
        return Answers(answered, recipients, await self._send_blocks(b"", body, onward))

    async def _send_chunk(self, mail: Outgoing, onward: Onward | None, *, is_announced: bool) -> Answers:
        """MAIL, RCPT and BDAT (RFC 3030). On a new connection a small message leaves together with them; on
        one that was open before the peer may be about to close it, and whether it took the message could not
        be known.
        """
        body = await _apart(line_ends.mended, mail.raw)
        chunk = b"BDAT %d LAST\r\n" % len(body)
        is_at_once = self.message_count == 0 and len(body) <= _BLOCK_BYTES
        self.has_sent_data_end = is_at_once
        if not is_announced:
            envelope = self._envelope(mail)
            self._write(b"".join((envelope, chunk, body)) if is_at_once else envelope)
        answered = await self._reply(self._timeouts.command)
        recipients = tuple([await self._reply(self._timeouts.command) for _ in mail.recipients])
        is_wanted = answered.is_positive and any(reply.is_positive for reply in recipients)
        if is_at_once:
            reply = _verdict(await self._reply(self._timeouts.end_of_data))
            self.message_count += 1
        elif is_wanted:
            reply = await self._send_blocks(chunk, body, onward)
        if self._announced is not None and not reply.is_positive and onward is not None:
            self._give_up_announced(onward)
        elif not is_wanted or not reply.is_positive:
            await self._command(b"RSET\r\n", self._timeouts.command)  # RFC 3030 §2
        return Answers(answered, recipients, reply if is_wanted else None)

    async def _send_stepwise(self, mail: Outgoing) -> Answers:
        commands = self._commands(mail)
        answered = await self._command(commands[0], self._timeouts.command)
        if not answered.is_positive:
            return Answers(answered)
        recipients = tuple([await self._command(command, self._timeouts.command) for command in commands[1:]])
        if not any(reply.is_positive for reply in recipients):
            await self._command(b"RSET\r\n", self._timeouts.command)
            return Answers(answered, recipients)
        begin = _go_ahead(await self._command(b"DATA\r\n", self._timeouts.data))
        if begin.code != 354:
            return Answers(answered, recipients, begin)
        return Answers(answered, recipients, await self._send_blocks(b"", await _apart(stuffed, mail.raw)))

    async def _send_blocks(self, head: bytes, body: bytes, onward: Onward | None = None) -> Reply:
        """The last bytes of a message, and what is said to it. Behind a small one the next is announced."""
        if self._inbox.buffer:
            raise ProtocolError("the server talks unasked")
        if len(body) <= _BLOCK_BYTES:
            following = await onward.following() if onward is not None else None
            self._write(b"".join((head, body, b"" if following is None else self._envelope(following))))
            self._announced = following
        else:
            self._write(head)
            view = memoryview(body)
            for start in range(0, len(body), _BLOCK_BYTES):
                self._write(view[start : start + _BLOCK_BYTES])
                async with asyncio.timeout(self._timeouts.block):
                    await self._may_write.wait()
        self.has_sent_data_end = True
        reply = _verdict(await self._reply_to_message(onward))
        self.message_count += 1
        return reply

    async def _reply_to_message(self, onward: Onward | None) -> Reply:
        timeout_s = self._timeouts.end_of_data
        if self._announced is not None and onward is not None and timeout_s > PATIENCE_S:
            try:
                return await self._reply(PATIENCE_S)
            except TimeoutError:
                self._give_up_announced(onward)
                timeout_s -= PATIENCE_S
        return await self._reply(timeout_s)

    def _give_up_announced(self, onward: Onward) -> None:
        """Nothing but an envelope was sent of it: the server forgets that with the connection."""
        self._announced = None
        self.is_spent = True
        onward.let_go()

    def _envelope(self, mail: Outgoing) -> bytes:
        """MAIL and every RCPT, and DATA where that is how the message follows."""
        commands = self._commands(mail)
        return b"".join(commands if "CHUNKING" in self.extensions else [*commands, b"DATA\r\n"])

    def _commands(self, mail: Outgoing) -> list[bytes]:
        return [self._mail_command(mail), *(self._rcpt_command(rcpt) for rcpt in mail.recipients)]

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


def _line(parameters: Sequence[str]) -> bytes:
    text = " ".join(parameters)
    if "\r" in text or "\n" in text:
        raise ProtocolError("a line break in an address")  # nothing may ever add a command
    return text.encode("utf-8") + b"\r\n"


async def _apart(work: Callable[[bytes], bytes], raw: bytes) -> bytes:
    """Work through a message, a large one in a thread."""
    return await asyncio.to_thread(work, raw) if len(raw) > _THREAD_BYTES else work(raw)


def stuffed(raw: bytes) -> bytes:
    """The message as DATA sends it: CR LF line ends only, dots doubled, the final dot behind it."""
    body = line_ends.mended(raw).replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b".\r\n" if not body or body.endswith(b"\r\n") else b"\r\n.\r\n")


def _go_ahead(reply: Reply) -> Reply:
    """The answer to DATA: 354, or a refusal. A 250 would be read as "taken" before anything was sent."""
    if reply.code != 354 and reply.is_positive:
        raise ProtocolError(f"the server answers DATA with {reply.code}")
    return reply


def _verdict(reply: Reply) -> Reply:
    """The answer to a whole message: taken or refused, and not "go on"."""
    if reply.code == 354:
        raise ProtocolError("the server answers a message with 354")
    return reply
