"""format=flowed: what is sent in short lines comes back in long ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.formats.flowed import flow, unflow
from backend.formats.text_html import text_to_html

TEXTS = st.text(alphabet="ab >-From\u00e4\n", max_size=400)


def trimmed(text: str) -> str:
    return "\n".join(line if line == "-- " else line.rstrip(" ") for line in text.split("\n"))


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert unflow(flow(text, 20)) == trimmed(text)


@given(TEXTS)
def test_lines_with_blanks_are_short(text: str) -> None:
    for line in flow(text, 20).split("\n"):
        assert len(line) <= 22 or " " not in line.strip("> ")[:18] or " >" in line


def test_a_long_paragraph_is_broken_softly_and_signature_and_from_line_are_kept() -> None:
    text = "one two three four\nFrom here on\n> quoted words go on\n-- \nMaren"

    assert flow(text, 10) == (
        "one two \nthree four\n From here \non\n> quoted \n> words \n> go on\n-- \nMaren"
    )


def test_the_reading_pane_joins_it_again() -> None:
    shown = text_to_html(flow("a b " * 40 + "c"), flowed=True)

    assert shown == f"<div>{'a b ' * 40}c</div>"
