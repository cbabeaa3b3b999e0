"""What the server says it can do (RFC 3501 §7.2.1): only what holds in the state of the session."""

from __future__ import annotations

from functools import lru_cache

_ALWAYS = b"IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ID ENABLE"
_SIGNED_IN = (
    b"IDLE NAMESPACE UIDPLUS MOVE UNSELECT CONDSTORE QRESYNC ESEARCH MULTIAPPEND CHILDREN LIST-EXTENDED"
    b" LIST-STATUS SPECIAL-USE CREATE-SPECIAL-USE STATUS=SIZE OBJECTID SAVEDATE PREVIEW"
    b" UIDONLY UTF8=ACCEPT BINARY"
    b" SEARCHRES MULTISEARCH PARTIAL WITHIN SEARCH=FUZZY SORT SORT=DISPLAY ESORT"
    b" THREAD=ORDEREDSUBJECT THREAD=REFERENCES"
)


@lru_cache(maxsize=256)
def render(
    *, is_signed_in: bool, mechanisms: tuple[str, ...], may_start_tls: bool, max_message_bytes: int
) -> bytes:
    """The capabilities, separated by spaces; without a mechanism nobody can sign in yet."""
    words = [_ALWAYS]
    if is_signed_in:
        words += [_SIGNED_IN, b"APPENDLIMIT=%d" % max_message_bytes]
    else:
        words += [b"STARTTLS"] if may_start_tls else []
        words += [b"AUTH=%b" % name.encode() for name in mechanisms] or [b"LOGINDISABLED"]
    return b" ".join(words)
