"""Lines, arguments, dots and TOP: pure pieces, in whatever blocks the bytes come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol_service.pop3 import errors, grammar
from protocol_service.pop3.dot_stuffing import DotStuffing
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.limits import DISCARD_BYTES, LINE_BYTES
from protocol_service.pop3.lines import Lines, Overlong
from protocol_service.pop3.top_cut import TopCut

wire = st.lists(st.sampled_from([b".", b"\r\n", b"\n", b"\r", b"a", b"..", b"bc d", b"\0"])).map(b"".join)
cuts = st.lists(st.integers(1, 7), min_size=1, max_size=8)


def in_blocks(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    """The data cut into pieces of these sizes, over and over."""
    at = turn = 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        yield data[at : at + size]
        at, turn = at + size, turn + 1


@given(st.lists(st.binary(max_size=30).map(lambda data: data.replace(b"\n", b"").rstrip(b"\r"))), cuts)
def test_lines_come_out_as_they_went_in(lines: list[bytes], sizes: list[int]) -> None:
    cutter, found = Lines(), []

    for block in in_blocks(b"".join(line + b"\r\n" for line in lines), sizes):
        cutter.feed(block)
        while (line := cutter.next()) is not None:
            found.append(line)

    assert found == lines
    assert cutter.buffered == 0


@given(st.integers(1, 9000))
def test_a_long_line_is_one_refusal_and_costs_no_memory(step: int) -> None:
    cutter, found = Lines(), []
    line = b"x" * (LINE_BYTES + 20_000) + b"\r\nNOOP\r\n"

    for at in range(0, len(line), step):
        cutter.feed(line[at : at + step])
        assert cutter.buffered <= LINE_BYTES + step + 1
        while (unit := cutter.next()) is not None:
            found.append(unit)

    assert found == [Overlong(), b"NOOP"]


def test_an_endless_line_is_fatal() -> None:
    cutter = Lines()
    cutter.feed(b"x" * (DISCARD_BYTES + 1))

    assert cutter.next() == Overlong(is_fatal=True)


@given(st.binary(max_size=80))
def test_no_line_breaks_the_grammar(line: bytes) -> None:
    try:
        verb, argument = grammar.split(line)
    except BadCommand:
        return
    assert verb == line[: len(verb)].upper()
    assert line[len(verb) + 1 :] == argument
    for parse in (grammar.nothing, grammar.number, grammar.optional_number, grammar.two_numbers):
        with suppress(BadCommand):
            parse(argument)


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_numbers(first: int, second: int) -> None:
    assert grammar.number(b"%d" % first) == grammar.optional_number(b" %d " % first) == first
    assert grammar.two_numbers(b"%d %d" % (first, second)) == (first, second)


@given(st.text(max_size=60))
def test_a_refusal_is_one_line_of_ascii(text: str) -> None:
    line = errors.no(text)

    assert line.startswith(b"-ERR ")
    assert line.isascii()
    assert not {b"\r"[0], b"\n"[0]} & set(line)
    assert line[5:6] not in {b"[", b""}


@given(wire, cuts)
def test_what_a_client_reads_is_what_is_stored(message: bytes, sizes: list[int]) -> None:
    stuff = DotStuffing()

    sent = b"".join([stuff(block) for block in in_blocks(message, sizes)]) + stuff.end

    assert sent == b"" or sent.endswith(b"\r\n")
    for line_end in (b"\n", b"\r\n"):  # some clients end lines with a bare LF
        assert b"." + line_end not in {line + line_end for line in sent.split(line_end)[:-1]}
    # The client takes the first dot of each line away.
    assert b"\n".join(line.removeprefix(b".") for line in sent.split(b"\n")) == message + stuff.end


def test_a_block_without_dots_is_not_copied() -> None:
    stuff, block = DotStuffing(), b"no line begins with one\r\n" * 1000

    assert stuff(block) is block
    assert stuff.end == b""


@given(wire, st.integers(0, 6), cuts)
def test_top_is_the_same_however_the_message_comes(message: bytes, count: int, sizes: list[int]) -> None:
    cut, out = TopCut(count), []

    for block in in_blocks(message, sizes):
        out.append(cut(block))
        if cut.is_done:
            break

    *lines, last = message.split(b"\n")
    lines = [line + b"\n" for line in lines] + [last]
    end = next((at for at, line in enumerate(lines) if line in {b"\n", b"\r\n"}), len(lines))
    assert b"".join(out) == b"".join(lines[: end + 1 + count])


@pytest.mark.parametrize("argument", [b"", b"1", b"1 2 3", b"1 x", b"x 1", b"1  -2"])
def test_top_needs_two_numbers(argument: bytes) -> None:
    with pytest.raises(BadCommand):
        grammar.two_numbers(argument)
