"""IMAP URLs of messages and of their sections (RFC 5092), as CATENATE names them (RFC 4469).

Only those without a host are read, `/Drafts;UIDVALIDITY=385759045/;UID=20/;SECTION=1.2`: what they name lies
in mailboxes of the session itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import fetch
from protocol_service.imap.grammar.fetch import Section
from protocol_service.imap.lexer import MAX_NUMBER, Lexer

MAX_URL_BYTES = 4000

_URL = re.compile(
    rb"/(?P<mailbox>[^;/?#][^;?#]*)(?:;UIDVALIDITY=(?P<uidvalidity>[1-9]\d{0,9}))?/;UID=(?P<uid>[1-9]\d{0,9})"
    rb"(?:/;SECTION=(?P<section>[^;/?#]+))?(?:/;PARTIAL=(?P<first>\d{1,10})(?:\.(?P<count>[1-9]\d{0,9}))?)?/?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MessageUrl:
    """`text` is the URL as it was given; `uidvalidity` is None where it names none.

    `partial` is (first octet, how many), where None is all that follow.
    """

    text: bytes
    mailbox: str
    uid: int
    uidvalidity: int | None = None
    section: Section = fetch.WHOLE
    partial: tuple[int, int | None] | None = None

    def bad(self, why: str) -> Refused:
        """That the URL names nothing (RFC 4469 §4.1)."""
        return bad_url(self.text, why)


def bad_url(text: bytes, why: str) -> Refused:
    """`NO [BADURL "url"]`, with the signs of the URL that may not stand there left out."""
    shown = "".join(chr(sign) for sign in text[:1000] if 0x20 < sign < 0x7F and sign not in b'"\\]')
    return Refused(why, f'BADURL "{shown}"')


def parse(text: bytes) -> MessageUrl:
    """Read a URL. Raises `NO [BADURL]` for what is none, or none of a message here."""
    match = _URL.fullmatch(text) if len(text) <= MAX_URL_BYTES else None
    if match is None:
        raise bad_url(text, "The URL names no message here")
    uid, uidvalidity = int(match["uid"]), int(match["uidvalidity"] or 0)
    try:
        mailbox = unquote_to_bytes(match["mailbox"]).decode()
        section = _section(unquote_to_bytes(match["section"] or b""))
    except (UnicodeDecodeError, BadCommand, Refused):
        raise bad_url(text, "The URL cannot be read") from None
    if max(uid, uidvalidity) > MAX_NUMBER:
        raise bad_url(text, "The URL names no message here")
    partial = None
    if match["first"] is not None:
        partial = (int(match["first"]), int(match["count"]) if match["count"] else None)
    return MessageUrl(text, mailbox, uid, uidvalidity or None, section, partial)


def _section(text: bytes) -> Section:
    if not text:
        return Section()
    lexer = Lexer(text)
    section, _ = fetch.section(lexer)
    lexer.end()
    return section
