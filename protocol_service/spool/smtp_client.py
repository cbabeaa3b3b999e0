"""Our side of a conversation with another server (RFC 5321, PIPELINING 2920, CHUNKING 3030, SIZE 1870, DSN
3461, SMTPUTF8 6531).

One connection, used for one message after another. Where the server allows it MAIL, every RCPT and DATA
leave in one piece, and with BDAT a first small message as well. Nothing is resent here and no outcome is
judged: that is for `remote`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from protocol_service.spool.smtp_link import ProtocolError, Reply, SmtpLink

_BLOCK_BYTES = 64 * 1024
_THREAD_BYTES = 1024 * 1024
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


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


class SmtpClient(SmtpLink):
    """A connection to one mail host that takes messages."""

    async def send(self, mail: Outgoing) -> Answers:
        """Hand one message over. Raises as `connect` does; `has_sent_data_end` tells whether it may have
        been taken.
        """
        self.has_sent_data_end = False
        if self._inbox.buffer:
            # An answer to nothing would be taken for that to our next command.
            raise ProtocolError("the server talks unasked")
        commands = [self._mail_command(mail), *(self._rcpt_command(rcpt) for rcpt in mail.recipients)]
        if "PIPELINING" in self.extensions:
            if "CHUNKING" in self.extensions:
                return await self._send_chunk(mail, commands)
            return await self._send_pipelined(mail, commands)
        return await self._send_stepwise(mail, commands)

    async def _send_pipelined(self, mail: Outgoing, commands: Sequence[bytes]) -> Answers:
        self._write(b"".join(commands) + b"DATA\r\n")
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
            reply = _verdict(await self._reply(self._timeouts.end_of_data))
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
        begin = _go_ahead(await self._command(b"DATA\r\n", self._timeouts.data))
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
        reply = _verdict(await self._reply(self._timeouts.end_of_data))
        self.message_count += 1
        return reply

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
