"""Preparation of names and passwords: the RFCs' own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats import precis


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("I\u00adX", "IX"),
        ("user", "user"),
        ("USER", "USER"),
        ("\u00aa", "a"),
        ("\u2168", "IX"),
        ("pass\u00a0word", "pass word"),
        ("caf\u0065\u0301", "café"),
        ("🔑", "🔑"),  # unassigned in Unicode 3.2: a query may have it
        ("", ""),
    ],
)
def test_saslprep_examples_of_rfc_4013(text: str, prepared: str) -> None:
    assert precis.saslprep(text) == prepared


@pytest.mark.parametrize("text", ["\u0007", "\u0627\u0031", "a\u0627", "x\ud800", "\ufffd", "\0"])
def test_saslprep_prohibits(text: str) -> None:
    with pytest.raises(ValueError):
        precis.saslprep(text)


@given(st.text())
def test_saslprep_gives_what_it_leaves_alone_or_refuses(text: str) -> None:
    try:
        once = precis.saslprep(text)
    except ValueError:
        return

    assert precis.saslprep(once) == once


def test_opaque_string_keeps_what_is_compatible_but_not_the_same() -> None:
    assert precis.opaque_string("\u2168 e\u0301\u3000x") == "\u2168 é x"


def test_width_is_mapped_and_nothing_else() -> None:
    assert precis.width_mapped("ａｄａ＠example.test ﬁ Ⅸ") == "ada@example.test ﬁ Ⅸ"
