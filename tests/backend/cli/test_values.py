"""Sizes, durations and numbers as they are typed on the command line."""

from __future__ import annotations

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from backend.cli.durations import parse_days, parse_seconds
from backend.cli.values import parse_assignment, parse_size
from backend.directory.setting_key import Kind, show_days, show_seconds
from backend.directory.setting_keys import REGISTRY


def key_of(kind: Kind) -> str:
    return next(key for key, entry in REGISTRY.items() if entry.kind is kind)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("1h 15min", 4500),
        ("1 hour 15 minutes", 4500),
        ("1.5 h", 5400),
        ("2 weeks", 1_209_600),
        ("86,400 s", 86_400),
        ("0", 0),
        ("", None),
        ("h", None),
        ("10 parsecs", None),
        ("500M x", None),
        ("-5 min", None),
        ("0.3 s", None),
    ],
)
def test_durations_are_read_with_their_units(text: str, seconds: int | None) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10 GB", 10 << 30),
        ("500M", 500 << 20),
        ("1,024 kb", 1 << 20),
        ("7 bytes", 7),
        ("7", 7),
        ("big", None),
    ],
)
def test_sizes_are_read_with_their_units(text: str, size: int | None) -> None:
    assert parse_size(text) == size


@given(st.integers(0, 10**9))
def test_what_is_printed_is_read_back(value: int) -> None:
    assert parse_seconds(show_seconds(value)) == value
    assert parse_days(show_days(value)) == value


@given(st.text(max_size=40))
def test_any_text_is_a_duration_or_none(text: str) -> None:
    assert (parse_seconds(text) or 0) >= 0
    assert (parse_days(text) or 0) >= 0


def test_a_setting_takes_the_unit_of_its_kind_and_no_other() -> None:
    seconds, days = key_of(Kind.SECONDS), key_of(Kind.DAYS)
    count, size = key_of(Kind.COUNT), key_of(Kind.BYTES)
    given_ = {
        f"{seconds}=2 min": 120,
        f"{days}=2 weeks": 14,
        f"{count}=20,000": 20_000,
        f"{size}=2 GB": 2 << 30,
    }

    assert {text: parse_assignment(text)[1] for text in given_} == given_

    for wrong in (f"{seconds}=500M B", f"{seconds}=2 GB", f"{days}=36 hours", f"{count}=2G", f"{size}=2 min"):
        with pytest.raises(typer.BadParameter, match="needs"):
            parse_assignment(wrong)
