"""Sequence sets: what they mean, what they refuse, and that text and numbers agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap import sequence_set
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.sequence_set import STAR


def test_parse_keeps_the_order_and_the_star() -> None:
    assert sequence_set.parse(b"5,2:4,9:*") == ((5, 5), (2, 4), (9, STAR))


@pytest.mark.parametrize(
    "text",
    [b"", b",", b"1,", b"1:", b":1", b"0", b"1:0", b"4294967296", b"1:2:3", b"**", b"-1", b"99999999999"],
)
def test_parse_refuses_what_is_no_set(text: bytes) -> None:
    with pytest.raises(BadCommand):
        sequence_set.parse(text)


@pytest.mark.parametrize(
    ("text", "highest", "ranges"),
    [
        (b"1:*", 7, [(1, 7)]),
        (b"*", 7, [(7, 7)]),
        (b"9:*", 7, [(7, 9)]),
        (b"5:2", 7, [(2, 5)]),
        (b"1:3,2:6,8", 9, [(1, 6), (8, 8)]),
        (b"1,2,3", 9, [(1, 3)]),
        (b"1:*", 0, []),
    ],
)
def test_resolve_gives_ascending_disjoint_ranges(
    text: bytes, highest: int, ranges: list[tuple[int, int]]
) -> None:
    assert sequence_set.resolve(sequence_set.parse(text), highest) == ranges


def test_a_set_of_too_many_parts_is_refused() -> None:
    with pytest.raises(BadCommand, match="too many"):
        sequence_set.parse(b",".join([b"1"] * 40_000))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], b""), ([4], b"4"), ([1, 2, 3], b"1:3"), ([1, 3, 4, 9], b"1,3:4,9"), ([9, 1, 2], b"9,1:2")],
)
def test_render_joins_neighbours(numbers: list[int], text: bytes) -> None:
    assert sequence_set.render(numbers) == text


@settings(max_examples=80)
@given(st.sets(st.integers(1, 60), min_size=1))
def test_rendered_numbers_are_read_back(numbers: set[int]) -> None:
    ranges = sequence_set.resolve(sequence_set.parse(sequence_set.render(sorted(numbers))), 60)

    assert [n for low, high in ranges for n in range(low, high + 1)] == sorted(numbers)


@settings(max_examples=200)
@given(st.text("0123456789*:,", max_size=40))
def test_any_text_gives_a_set_or_a_syntax_error(text: str) -> None:
    try:
        pairs = sequence_set.parse(text.encode())
    except BadCommand:
        return
    ranges = sequence_set.resolve(pairs, 10)
    assert all(low <= high for low, high in ranges)
    assert ranges == sorted(ranges)
