"""The verbs. Each is `async (server, argument) -> reply`; the argument is what stands after the first
space.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from protocol_service.smtp.commands.auth import smtp_AUTH
from protocol_service.smtp.commands.bdat import smtp_BDAT
from protocol_service.smtp.commands.data import smtp_DATA
from protocol_service.smtp.commands.greeting import smtp_EHLO, smtp_HELO, smtp_LHLO
from protocol_service.smtp.commands.mail import smtp_MAIL
from protocol_service.smtp.commands.rcpt import smtp_RCPT
from protocol_service.smtp.commands.simple import (
    smtp_EXPN,
    smtp_HELP,
    smtp_NOOP,
    smtp_QUIT,
    smtp_RSET,
    smtp_VRFY,
)
from protocol_service.smtp.commands.starttls import smtp_STARTTLS

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

Command = Callable[["Server", bytes], Awaitable[bytes]]

COMMANDS: dict[bytes, Command] = {
    b"AUTH": smtp_AUTH,
    b"BDAT": smtp_BDAT,
    b"DATA": smtp_DATA,
    b"EHLO": smtp_EHLO,
    b"EXPN": smtp_EXPN,
    b"HELO": smtp_HELO,
    b"HELP": smtp_HELP,
    b"MAIL": smtp_MAIL,
    b"NOOP": smtp_NOOP,
    b"QUIT": smtp_QUIT,
    b"RCPT": smtp_RCPT,
    b"RSET": smtp_RSET,
    b"STARTTLS": smtp_STARTTLS,
    b"VRFY": smtp_VRFY,
}

# RFC 2033 §4.1: EHLO and HELO must not be taken here.
LMTP_COMMANDS: dict[bytes, Command] = {
    **{verb: command for verb, command in COMMANDS.items() if verb not in {b"EHLO", b"HELO"}},
    b"LHLO": smtp_LHLO,
}

# A browser that was led here must not get to speak SMTP through a request's body.
NOT_SMTP = frozenset({b"CONNECT", b"DELETE", b"GET", b"HEAD", b"OPTIONS", b"PATCH", b"POST", b"PUT"})
