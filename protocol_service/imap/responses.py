"""The bytes of answers (RFC 3501 §7, §9): strings, flags, dates, and the untagged lines made of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from functools import lru_cache

from protocol_service.imap import mailbox_name

CRLF = b"\r\n"

# A time of day as two of its pieces: put together in half the time that a format takes.
_MINUTES = [b"%02d:%02d:" % divmod(minute, 60) for minute in range(1440)]
_SECONDS = [b'%02d +0000"' % second for second in range(60)]

_QUOTABLE = re.compile(rb"[\x20-\x7e]*+")
_ASTRING_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\]+')
_TO_ESCAPE = re.compile(rb'(["\\])')
_QUOTED_MAX = 4096
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")


def string(value: bytes) -> bytes:
    """A quoted string, or a literal where quotes cannot hold it."""
    if len(value) > _QUOTED_MAX or not _QUOTABLE.fullmatch(value):
        return literal(value)
    return b'"%b"' % _TO_ESCAPE.sub(rb"\\\1", value)


def astring(value: bytes) -> bytes:
    """An atom where it can be one, else a string."""
    return value if _ASTRING_ATOM.fullmatch(value) else string(value)


def literal(value: bytes) -> bytes:
    """`{n}` CRLF and the bytes."""
    return b"{%d}\r\n%b" % (len(value), value)


def nstring(value: bytes | None) -> bytes:
    """A string, or NIL."""
    return b"NIL" if value is None else string(value)


@lru_cache(maxsize=4096)
def mailbox(name: str) -> bytes:
    """A mailbox name as it stands in a response."""
    return string(mailbox_name.encode(name))


@lru_cache(maxsize=4096)
def mailbox_utf8(name: str) -> bytes:
    """The same for a client that has enabled UTF-8 (RFC 6855 §3, RFC 9051 §5.1)."""
    return b'"%b"' % _TO_ESCAPE.sub(rb"\\\1", name.encode())


def untagged(*words: bytes) -> bytes:
    """`* words` and the line end."""
    return b"* " + b" ".join(words) + CRLF


def condition(code: bytes, text: bytes) -> bytes:
    """`* OK [code] text` and the line end."""
    return b"* OK [%b] %b\r\n" % (code, text)


def flag_list(names: Iterable[bytes]) -> bytes:
    """`(\\Seen $Junk)`."""
    return b"(%b)" % b" ".join(names)


def internal_date(at: int) -> bytes:
    """A unix time as `"17-Jul-1996 02:44:25 +0000"`, quotes included (RFC 3501 §9, date-time)."""
    return _day(at // 86400) + _MINUTES[at // 60 % 1440] + _SECONDS[at % 60]


@lru_cache(maxsize=4096)
def _day(day: int) -> bytes:
    try:
        date = time.gmtime(day * 86400)
    except (OverflowError, OSError, ValueError):
        date = time.gmtime(0)
    return b'"%02d-%b-%04d ' % (date.tm_mday, _MONTHS[date.tm_mon - 1], min(date.tm_year, 9999))
