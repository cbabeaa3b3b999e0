"""Random IMAP input against all that reads it before a command runs.

`python -m tests.fuzz.imap_input [seconds]`. Whatever a client sends, the framer gives frames and refusals
within its limits, and a frame's arguments either are values or an answer (`BadCommand`, `Refused`). Anything
else that is raised, and any input that takes long, is a fault and is printed.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.framing import Frame, Framer
from protocol_service.imap.grammar import (
    append,
    dates,
    fetch,
    flags,
    mailboxes,
    search,
    search_results,
    search_sources,
)
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import BEFORE_LOGIN, MIB, after_login

SEEDS = [
    b'a1 LOGIN "joe" {3}\r\npwd\r\n',
    b'a2 FETCH 1:*,5 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (From "To")]<0.100> RFC822) (CHANGEDSINCE 5)\r\n',
    b"a3 UID STORE 1 (UNCHANGEDSINCE 7) +FLAGS.SILENT (\\Seen $Junk)\r\n",
    b"a4 SEARCH RETURN (MIN ALL) CHARSET UTF-8 OR (NOT SEEN) HEADER X {2+}\r\nab SINCE 1-Feb-1994\r\n",
    b'a5 LIST (SUBSCRIBED) "" (a* "b%" &AOQ-) RETURN (STATUS (MESSAGES UNSEEN))\r\n',
    b'a6 APPEND INBOX (\\Seen) "17-Jul-1996 02:44:25 -0700" {1+}\r\nx {2+}\r\nyz\r\n',
]
WORDS = [
    b"(",
    b")",
    b"[",
    b"]",
    b"{9}\r\n",
    b"{99999999999+}\r\n",
    b'"',
    b"\\",
    b"*",
    b"%",
    b"\r\n",
    b"\x00",
    b"\xff",
    b"&-",
]
SLOW_S = 1.0


def one_input(data: bytes) -> None:
    """Read a stream as a connection does, and every frame as each verb would."""
    for limits in (BEFORE_LOGIN, after_login(MIB)):
        framer = Framer(limits)
        framer.feed(data)
        while (unit := framer.next()) is not None:
            if isinstance(unit, Frame):
                _read_arguments(unit)
        assert framer.buffered <= len(data)


def _read_arguments(frame: Frame) -> None:
    for production in (
        fetch.fetch_request,
        flags.store_request,
        search.program,
        search_results.results,
        search_sources.sources,
        mailboxes.list_request,
        mailboxes.mailbox,
        mailboxes.status_items,
        mailboxes.special_use,
        append.messages,
        dates.date,
        dates.date_time,
    ):
        lexer = Lexer(frame.text, frame.literals)
        with suppress(BadCommand, Refused):
            lexer.astring()
            lexer.space()
            lexer.word()
            at = lexer.at
            with suppress(BadCommand, Refused):
                production(lexer)
            lexer.at = at
            lexer.space()
            production(lexer)


def mutated(source: random.Random) -> bytes:
    """One of the seeds, or two, with some damage."""
    data = bytearray(b"".join(source.choices(SEEDS, k=source.randint(1, 2))))
    for _ in range(source.randint(0, 8)):
        at = source.randrange(len(data) + 1)
        match source.randrange(4):
            case 0:
                data[at:at] = source.choice(WORDS) * source.choice((1, 1, 1, 200))
            case 1:
                del data[at : at + source.randint(1, 6)]
            case 2:
                data[at : at + 1] = bytes([source.randrange(256)])
            case _:
                data[at:at] = data[source.randrange(len(data)) :][: source.randint(1, 30)] if data else b"x"
    return bytes(data)


def main(seconds: float) -> int:
    """Try for so long; how many inputs were at fault."""
    seed = random.randrange(1 << 32)
    source, faults, tried, end = random.Random(seed), 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data, started = mutated(source), time.monotonic()
        tried += 1
        try:
            one_input(data)
        except Exception as exc:  # noqa: BLE001  # whatever it is, it is what we look for
            faults += 1
            print(f"{exc!r}: {data!r}")
        if time.monotonic() - started > SLOW_S:
            faults += 1
            print(f"slow: {data!r}")
    print(f"{tried} inputs, {faults} faults, seed {seed}")
    return faults


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10) > 0)
