"""Bare CR and LF are found wherever they stand, and mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import line_ends


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        (b"", b""),
        (b"a\r\nb\r\n", b"a\r\nb\r\n"),
        (b"a\nb\r\n", b"a\r\nb\r\n"),
        (b"\na", b"\r\na"),
        (b"a\r", b"a\r\n"),
        (b"a\n\rb", b"a\r\n\r\nb"),  # as many of the one as of the other
        (b"a\r\r\nb", b"a\r\n\r\nb"),
        (b"a\r\n\nb", b"a\r\n\r\nb"),
    ],
)
def test_every_line_end_becomes_cr_lf(raw: bytes, mended: bytes) -> None:
    assert line_ends.has_bare(raw) is (raw != mended)
    assert line_ends.mended(raw) == mended


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n"])).map(b"".join))
def test_what_is_mended_has_pairs_only(raw: bytes) -> None:
    mended = line_ends.mended(raw)

    assert mended.count(b"\r") == mended.count(b"\n") == mended.count(b"\r\n")
    assert not line_ends.has_bare(mended)
    assert line_ends.has_bare(raw) is (raw.count(b"\r\n") < max(raw.count(b"\r"), raw.count(b"\n")))
