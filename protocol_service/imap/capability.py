"""What the server says it can do (RFC 3501 §7.2.1): only what holds in the state of the session."""

from __future__ import annotations

from functools import lru_cache

from protocol_service.imap.limits import MAX_SAVED

_ALWAYS = b"IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ID ENABLE LANGUAGE"
# One line for each kind: searching, mailboxes, messages, connection.
_SIGNED_IN = (
    b"ESEARCH SEARCHRES MULTISEARCH PARTIAL WITHIN SEARCH=FUZZY SORT SORT=DISPLAY ESORT"
    b" THREAD=ORDEREDSUBJECT THREAD=REFERENCES"
    b" NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE CREATE-SPECIAL-USE STATUS=SIZE"
    b" ACL RIGHTS=kxte LIST-MYRIGHTS QUOTA QUOTA=RES-STORAGE METADATA LIST-METADATA"
    b" UIDPLUS MOVE UNSELECT CONDSTORE QRESYNC MULTIAPPEND BINARY CATENATE REPLACE OBJECTID SAVEDATE PREVIEW"
    b" IDLE NOTIFY UIDONLY UTF8=ACCEPT INPROGRESS SAVELIMIT=%d" % MAX_SAVED
)


@lru_cache(maxsize=256)
def render(
    *,
    is_signed_in: bool,
    mechanisms: tuple[str, ...],
    may_start_tls: bool,
    may_compress: bool,
    may_sign_out: bool,
    max_message_bytes: int,
) -> bytes:
    """The capabilities, separated by spaces; without a mechanism nobody can sign in yet."""
    words = [_ALWAYS]
    if is_signed_in:
        words += [_SIGNED_IN, b"APPENDLIMIT=%d" % max_message_bytes]
        words += [b"COMPRESS=DEFLATE"] if may_compress else []
        words += [b"UNAUTHENTICATE"] if may_sign_out else []
    else:
        words += [b"STARTTLS"] if may_start_tls else []
        words += [b"AUTH=%b" % name.encode() for name in mechanisms] or [b"LOGINDISABLED"]
    return b" ".join(words)
