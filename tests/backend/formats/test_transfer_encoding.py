"""Transfer encodings undone piece by piece give what the whole gives."""

from __future__ import annotations

import binascii
import quopri
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.body_writer import base64_lines
from backend.formats.content import decode
from backend.formats.transfer_encoding import decoder


def piecewise(data: bytes, cte: str, cuts: list[int]) -> bytes:
    one = decoder(cte)
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[start:end] for start, end in pairwise(places)]
    return b"".join([*map(one.feed, pieces), one.end()])


@given(st.binary(max_size=500), st.lists(st.integers(0, 1000), max_size=8))
def test_base64_comes_back(content: bytes, cuts: list[int]) -> None:
    assert piecewise(base64_lines(content), "base64", cuts) == content


@given(st.binary(max_size=500), st.lists(st.integers(0, 1000), max_size=8))
def test_quoted_printable_comes_back(content: bytes, cuts: list[int]) -> None:
    encoded = binascii.b2a_qp(content, istext=False)

    assert piecewise(encoded, "quoted-printable", cuts) == content == decode(encoded, "quoted-printable")


@given(
    st.binary(max_size=300),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
    st.lists(st.integers(0, 999)),
)
def test_any_bytes_are_read_somehow(data: bytes, cte: str, cuts: list[int]) -> None:
    assert len(piecewise(data, cte, cuts)) <= len(data)


@pytest.mark.parametrize("cut", range(200_000, 200_006))
def test_a_line_without_end_is_cut_beside_escapes(cut: int) -> None:
    encoded = b"=41" * 100_000

    assert piecewise(encoded, "quoted-printable", [70_000, cut]) == b"A" * 100_000
    assert quopri.decodestring(encoded) == b"A" * 100_000


def test_padding_ends_base64() -> None:
    assert piecewise(b"QUI=QUJD", "base64", [2, 5]) == b"AB"
    assert piecewise(b"QUJDR", "base64", []) == b"ABC"
    assert piecewise(b"QU JD\r\n!RE", "base64", [3]) == b"ABCD"
