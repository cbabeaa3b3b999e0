"""What a client may make the server hold in memory: small before it has signed in, ample afterwards.

A line or literal beyond its limit is refused before it is read (RFC 3501 §4.3 lets the server answer NO or
BAD instead of a continuation); what a client sends all the same is thrown away unread, up to `discard_bytes`.

COPY and APPEND, which store all or nothing in one transaction, take so many messages (SAVELIMIT, RFC 9738).
There is no MESSAGELIMIT: under it FETCH, SEARCH, STORE and MOVE do a part of what was asked and say OK, with
a code that only clients of the extension read, and nothing tells the server which clients those are. Others
take messages that a FETCH left out for expunged, and those that a MOVE left behind for moved. Reading is done
in slices at the client's pace, so that a limit would save nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `append_bytes` is the limit of one message, 0 where APPEND is not possible."""

    line_bytes: int
    literal_bytes: int
    command_bytes: int
    append_bytes: int
    discard_bytes: int


BEFORE_LOGIN = Limits(
    line_bytes=8 * KIB, literal_bytes=KIB, command_bytes=16 * KIB, append_bytes=0, discard_bytes=64 * KIB
)


def after_login(append_bytes: int) -> Limits:
    """The limits of a session whose messages may have `append_bytes`; a MULTIAPPEND may have 64 MiB."""
    return Limits(
        line_bytes=64 * KIB,
        literal_bytes=64 * KIB,
        command_bytes=max(append_bytes, 64 * MIB) + MIB,
        append_bytes=append_bytes,
        discard_bytes=max(2 * append_bytes, MIB),
    )


MAX_LITERALS = 2000  # of one command, so also messages of one APPEND
MAX_DEPTH = 50  # of parentheses and of NOT and OR
MAX_RANGES = 32_768  # of one sequence set
MAX_SAVED = 100_000  # messages of one COPY, which is one transaction (SAVELIMIT, RFC 9738)
MAX_CATENATED = 1000  # parts of one message
MAX_FETCH_ITEMS = 64
MAX_HEADER_FIELDS = 128
MAX_SEARCH_KEYS = 2000
MAX_TEXT_KEYS = 24  # each is a scan of the texts
MAX_SEARCH_SOURCES = 1000  # mailboxes named by ESEARCH or NOTIFY
MAX_EVENT_GROUPS = 64  # of one NOTIFY
MAX_WATCHED = 5000  # mailboxes that a client may see while NOTIFY watches any
MAX_WATCHED_ENTRIES = 10_000  # annotations of an account, for NOTIFY
MAX_FETCHED_UNASKED = 10_000  # new messages that NOTIFY describes at a time
MAX_SORT_KEYS = 16
MAX_LIST_PATTERNS = 32
MAX_PATTERN_CHARS = 1000
MAX_BAD_COMMANDS = 20  # in a row

SLICE_ROWS = 2000  # of answers that need only arrays
STORED_ROWS = 500  # of answers that read the database
SLICE_BYTES = MIB  # of bodies in one slice
STREAM_BYTES = 256 * KIB  # of a large body in one piece

QUIET_SWEEPS = 1  # after so many without output a client that waits is told, one that rests gives memory back
