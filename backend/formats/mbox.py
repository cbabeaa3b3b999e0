"""Messages in an mbox file (RFC 4155), in the form that loses nothing: mboxrd.

A line of the message that reads `From `, after any number of `>`, gets one `>` more; whoever reads the file
takes it away again. Flags go into the fields that mail programs write there themselves.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection

_FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)
# Fields of the same name that came with the message would be read as its flags.
_STATUS_FIELDS = re.compile(rb"^(?:Status|X-Status|X-Keywords):[^\n]*\n(?:[ \t][^\n]*\n)*", re.M | re.I)
_SEEN = "\\Seen"
_LETTERS = {"\\Answered": "A", "\\Flagged": "F", "\\Draft": "T"}
_SENDER = "MAILER-DAEMON"  # what RFC 4155 readers take for an unknown envelope sender


def entry(raw: bytes, received_at: int, flags: Collection[str]) -> bytes:
    """One message with the line before it and the empty line behind it; lines end in LF.

    `received_at` is in unix seconds, `flags` are IMAP flags and keywords.
    """
    message = raw.replace(b"\r\n", b"\n")
    head, blank, body = message.partition(b"\n\n")
    head = _STATUS_FIELDS.sub(b"", head + b"\n")
    text = _status(flags) + head + (blank[1:] + body if blank else b"")
    if not text.endswith(b"\n"):
        text += b"\n"
    return _separator(received_at) + _FROM_LINE.sub(rb">\1", text) + b"\n"


def _separator(received_at: int) -> bytes:
    return f"From {_SENDER} {time.asctime(time.gmtime(received_at))}\n".encode()


def _status(flags: Collection[str]) -> bytes:
    """The fields of BSD mail, mutt and Dovecot; of the last one every keyword is a word."""
    letters = "".join(letter for flag, letter in _LETTERS.items() if flag in flags)
    keywords = " ".join(sorted(flag for flag in flags if not flag.startswith("\\")))
    lines = [f"Status: {'RO' if _SEEN in flags else 'O'}"]
    if letters:
        lines.append(f"X-Status: {letters}")
    if keywords:
        lines.append(f"X-Keywords: {keywords}")
    return "".join(f"{line}\n" for line in lines).encode()
