"""Commands out of a byte stream: however it is cut, and what is refused before it is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap.framing import Frame, Framer, Overrun, Unit, Wanted
from protocol_service.imap.limits import BEFORE_LOGIN, MIB, after_login

SIGNED_IN = after_login(10 * MIB)


def read(stream: bytes, *, framer: Framer | None = None, cuts: int = 0) -> list[Unit]:
    """Every unit in a stream that comes in pieces of `cuts` bytes (0: at once)."""
    framer = framer or Framer(SIGNED_IN)
    units: list[Unit] = []
    step = cuts or max(1, len(stream))
    for at in range(0, len(stream), step):
        framer.feed(stream[at : at + step])
        while (unit := framer.next()) is not None:
            units.append(unit)
    return units


@pytest.mark.parametrize("cuts", [0, 1, 2, 7])
def test_lines_and_literals_make_commands(cuts: int) -> None:
    stream = b"a NOOP\r\nb LOGIN {3+}\r\nj\r\n {0+}\r\n\r\nc X {2}\r\nhi\r\nd NOOP\n"

    units = read(stream, cuts=cuts)

    assert units == [
        Frame(b"a NOOP"),
        Frame(b"b LOGIN {3+}\r\n {0+}\r\n", (b"j\r\n", b"")),
        Wanted(),
        Frame(b"c X {2}\r\n", (b"hi",)),
        Frame(b"d NOOP"),
    ]


@pytest.mark.parametrize(
    "announced", [b"{1025}", b"{2147483648}", b"{9223372036854775808}", b"{99999999999999999999}"]
)
def test_a_large_literal_before_login_gets_no_continuation(announced: bytes) -> None:
    units = read(b"a LOGIN " + announced + b"\r\nb NOOP\r\n", framer=Framer(BEFORE_LOGIN))

    assert units == [Overrun(b"a", b"BAD [TOOBIG] The literal is too large"), Frame(b"b NOOP")]


def test_a_negative_literal_is_an_ordinary_bad_line() -> None:
    assert read(b"a LOGIN {-5}\r\n") == [Frame(b"a LOGIN {-5}")]


def test_a_message_beyond_its_limit_is_refused_before_it_comes() -> None:
    units = read(b"a APPEND INBOX {10485761}\r\n")

    assert units == [Overrun(b"a", b"NO [TOOBIG] The message is larger than 10485760 bytes")]


def test_a_refused_literal_that_comes_all_the_same_is_thrown_away() -> None:
    framer = Framer(SIGNED_IN)

    units = read(b"a APPEND INBOX {10485761+}\r\n", framer=framer)
    units += read(b"x" * 10485761, framer=framer, cuts=65536)
    held = framer.buffered
    units += read(b"\r\nb NOOP\r\n", framer=framer)

    assert units == [
        Overrun(b"a", b"NO [TOOBIG] The message is larger than 10485760 bytes"),
        Frame(b"b NOOP"),
    ]
    assert held == 0


def test_a_literal_that_would_never_end_ends_the_connection() -> None:
    units = read(b"a LOGIN {9223372036854775807+}\r\n", framer=Framer(BEFORE_LOGIN))

    assert units == [Overrun(b"a", b"BAD [TOOBIG] The literal is too large", is_fatal=True)]


def test_a_long_line_is_refused_and_not_kept() -> None:
    framer = Framer(SIGNED_IN)

    units = read(b"a SEARCH " + b"(" * 200_000 + b"\r\nb NOOP\r\n", framer=framer, cuts=8192)

    assert units == [Overrun(b"a", b"BAD [TOOBIG] The command line is too long"), Frame(b"b NOOP")]


def test_a_line_without_end_ends_the_connection_and_holds_no_memory() -> None:
    framer = Framer(BEFORE_LOGIN)

    for _ in range(40):
        framer.feed(b"x" * 8192)
        unit = framer.next()
        assert framer.buffered <= 16384
        if unit is not None:
            break

    assert unit == Overrun(b"", b"BAD [TOOBIG] The command line is too long", is_fatal=True)


def test_many_small_literals_are_counted() -> None:
    units = read(b"a SEARCH SUBJECT" + b" {1+}\r\nx" * 2001 + b"\r\n")

    assert units == [Overrun(b"a", b"BAD [LIMIT] Too many literals")]


def test_messages_of_one_append_are_counted() -> None:
    [unit] = read(b"a APPEND INBOX" + b" {1+}\r\nx" * 2000 + b"\r\n")
    assert isinstance(unit, Frame)
    assert len(unit.literals) == 2000

    units = read(b"a APPEND INBOX" + b" {1+}\r\nx" * 2001 + b"\r\n")

    assert units == [Overrun(b"a", b"NO [MESSAGELIMIT 2000] Too many messages for one APPEND")]


def test_discarded_input_leaves_nothing_behind() -> None:
    framer = Framer()
    framer.feed(b"a STARTTLS\r\nb LOGIN {5+}\r\nab")
    assert framer.next() == Frame(b"a STARTTLS")

    framer.discard()
    framer.feed(b"c NOOP\r\n")

    assert framer.next() == Frame(b"c NOOP")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_pieces_make_no_difference(data: st.DataObject) -> None:
    alphabet = st.sampled_from(
        [b"a NOOP\r\n", b"b X {3+}\r\n", b"c {2}\r\n", b"\r\n", b"abc", b"{", b"}", b"\n", b"~{1+}\r\n"]
    )
    stream = b"".join(data.draw(st.lists(alphabet, max_size=15)))
    whole = read(stream)

    framer = Framer(SIGNED_IN)
    pieces: list[Unit] = []
    at = 0
    while at < len(stream):
        size = data.draw(st.integers(1, 9))
        pieces += read(stream[at : at + size], framer=framer)
        at += size

    assert pieces == whole
