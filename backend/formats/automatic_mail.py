"""What a program must not answer by itself (RFC 3834 §2, RFC 5230 §4.6): lists, bulk mail, other programs."""

from __future__ import annotations

import re

from backend.formats.encoded_words import unfold
from backend.formats.headers import FieldIndex

_LIST_FIELDS = (
    b"list-id",
    b"list-help",
    b"list-subscribe",
    b"list-unsubscribe",
    b"list-post",
    b"list-owner",
    b"list-archive",
    b"mailing-list",
)
_ANSWER_FIELDS = (b"x-autoreply", b"x-autorespond", b"x-autoresponder", b"x-loop", b"feedback-id")
_BULK = frozenset({b"bulk", b"list", b"junk", b"auto_reply"})
_SUPPRESS = frozenset({b"all", b"oof", b"autoreply"})
_PROGRAMS = re.compile(
    r"(?:mailer-daemon|postmaster|listserv|majordomo|mailman|owner-.*|.*-owner|.*-request|.*-bounces?|bounces?"
    r"|(?:do[-_.]?)?no?t?[-_.]?reply)(?:[+=-].*)?",
    re.IGNORECASE | re.DOTALL,
)


def is_written_by_a_person(head: FieldIndex, sender_localpart: str) -> bool:
    """Whether nothing says that a program or a list sent it. The envelope's sender is not null."""
    if _PROGRAMS.fullmatch(sender_localpart[:64]) is not None:
        return False
    if any(name in head for name in (*_LIST_FIELDS, *_ANSWER_FIELDS)):
        return False
    if any(_words(value)[:1] != [b"no"] for value in head.get(b"auto-submitted", [])):
        return False
    if any(word in _BULK for value in head.get(b"precedence", []) for word in _words(value)):
        return False
    suppressed = head.get(b"x-auto-response-suppress", [])
    return not any(word in _SUPPRESS for value in suppressed for word in _words(value))


def _words(value: bytes) -> list[bytes]:
    return re.split(rb"[\s,;()]+", unfold(value[:1000]).strip().lower())
