"""Replies (RFC 5321 §4.2, enhanced codes of RFC 3463), and how the one error tree is said in SMTP.

A reply is the bytes that go out, line ends included. Texts come from us or from `MailError.public`; what an
exception says is never among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backend.kit.errors import ErrorCode, MailError

_UNSAFE = re.compile(r"[^\x20-\x7e]+")
_TEXT_LIMIT = 480  # a reply line ends within 512 octets (RFC 5321 §4.5.3.1.5)

_BY_CODE: dict[ErrorCode, tuple[int, str]] = {
    ErrorCode.NOT_FOUND: (550, "5.1.1"),
    ErrorCode.CONFLICT: (451, "4.3.0"),
    ErrorCode.UNAUTHENTICATED: (535, "5.7.8"),
    ErrorCode.PERMISSION_DENIED: (550, "5.7.1"),
    ErrorCode.OVER_QUOTA: (452, "4.2.2"),
    ErrorCode.LIMIT_EXCEEDED: (452, "4.5.3"),
    ErrorCode.INVALID: (501, "5.5.4"),
    ErrorCode.TOO_LARGE: (552, "5.3.4"),
    ErrorCode.RATE_LIMITED: (451, "4.7.1"),
    ErrorCode.SYNC_LOST: (451, "4.3.0"),
    ErrorCode.UNAVAILABLE: (451, "4.3.0"),
}


def reply(code: int, status: str, text: str) -> bytes:
    """One reply line; `status` is the enhanced code or empty."""
    said = _UNSAFE.sub(" ", text)[:_TEXT_LIMIT]
    return (f"{code} {status} {said}\r\n" if status else f"{code} {said}\r\n").encode("ascii")


def multiline(code: int, lines: Sequence[str]) -> bytes:
    """A reply of several lines (EHLO, HELP)."""
    last = len(lines) - 1
    return "".join(f"{code}{' ' if at == last else '-'}{line}\r\n" for at, line in enumerate(lines)).encode(
        "ascii"
    )


def from_error(error: MailError) -> bytes:
    """What a refusal by the domain is called here."""
    code, status = _BY_CODE[error.code]
    return reply(code, status, error.public)


def try_later(correlation: str) -> bytes:
    """The answer to any fault of ours; the log has the cause under the same id."""
    return reply(451, "4.3.0", f"Temporary failure, please try again later (id {correlation})")


OK = reply(250, "2.0.0", "OK")
SENDER_OK = reply(250, "2.1.0", "Sender OK")
RECIPIENT_OK = reply(250, "2.1.5", "Recipient OK")
START_DATA = reply(354, "", "End data with <CR><LF>.<CR><LF>")
CLOSING = reply(221, "2.0.0", "Goodbye")

BAD_LINE = reply(500, "5.5.2", "Lines end with CR LF and hold no other control characters")
LINE_TOO_LONG = reply(500, "5.5.2", "Line too long")
UNKNOWN_COMMAND = reply(500, "5.5.1", "Command not recognized")
NOT_IMPLEMENTED = reply(502, "5.5.1", "Command not implemented")
BAD_SEQUENCE = reply(503, "5.5.1", "Bad sequence of commands")
NEED_HELO = reply(503, "5.5.1", "Send EHLO first")
NO_ARGUMENT = reply(501, "5.5.4", "This command takes no argument")

TOO_MANY_ERRORS = reply(421, "4.7.0", "Too many errors, closing the connection")
TOO_MANY_COMMANDS = reply(421, "4.7.0", "Too many commands, closing the connection")
TOO_MANY_CONNECTIONS = reply(421, "4.7.0", "Too many connections, try again later")
NOT_FOR_YOU = reply(554, "5.7.1", "Connections from your address are not taken here")
TALKED_FIRST = reply(521, "5.5.1", "Wait for the reply before you go on")
IDLE = reply(421, "4.4.2", "Timed out, closing the connection")
SHUTTING_DOWN = reply(421, "4.3.2", "Service is shutting down, try again later")
SIGN_IN_AGAIN = reply(421, "4.7.0", "Sign in again")
NOT_SMTP = reply(421, "5.7.0", "This is a mail server")

TLS_FIRST = reply(530, "5.7.0", "Issue a STARTTLS command first")
AUTH_FIRST = reply(530, "5.7.0", "Authentication required")
TLS_FOR_AUTH = reply(538, "5.7.11", "Encryption required for authentication")
AUTH_OK = reply(235, "2.7.0", "Authentication successful")
AUTH_FAILED = reply(535, "5.7.8", "Authentication failed")
AUTH_CANCELLED = reply(501, "5.7.0", "Authentication cancelled")
AUTH_LINE_TOO_LONG = reply(500, "5.5.6", "Authentication exchange line is too long")

UNKNOWN_PARAMETER = reply(555, "5.5.4", "Parameter not recognized or not implemented")
NO_SUCH_USER = reply(550, "5.1.1", "No such user here")
USER_DISABLED = reply(550, "5.2.1", "This mailbox takes no mail")
REPORTS_ONLY = reply(550, "5.7.1", "This address takes delivery reports only")
REPORTS_NOT_TAKEN = reply(550, "5.7.1", "This address takes no delivery reports")
NO_RELAY = reply(550, "5.7.1", "Relaying denied")
MAILBOX_FULL = reply(452, "4.2.2", "Mailbox is full")
NO_RECIPIENTS = reply(554, "5.5.1", "No valid recipients")
TOO_MANY_RECIPIENTS = reply(452, "4.5.3", "Too many recipients")
NO_RECIPIENTS_YET = reply(503, "5.5.1", "No valid recipients")
TOO_LARGE = reply(552, "5.3.4", "Message exceeds the size limit")
ONE_RECIPIENT = reply(452, "4.5.3", "A report has one recipient, send it to others by themselves")
NO_STORAGE = reply(452, "4.3.1", "Insufficient system storage, try again later")
BARE_NEWLINE = reply(550, "5.5.2", "Message has a CR or LF that is not part of a CR LF")
SEVERAL_AUTHORS = reply(550, "5.7.1", "Message has several From fields")
LOOP = reply(554, "5.4.6", "Too many hops")
