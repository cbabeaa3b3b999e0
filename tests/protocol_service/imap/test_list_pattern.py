"""LIST patterns: what they match, and that no pattern takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol_service.imap.list_pattern import compiled


@pytest.mark.parametrize(
    ("pattern", "name", "is_match"),
    [
        ("*", "a/b/c", True),
        ("%", "a", True),
        ("%", "a/b", False),
        ("a/%", "a/b", True),
        ("a/%", "a/b/c", False),
        ("a*c", "a/b/c", True),
        ("a%c", "a/c", False),
        ("%/%", "a/b", True),
        ("inbox", "INBOX", True),
        ("InBox/%", "INBOX/x", True),
        ("box", "BOX", False),
        ("a", "ab", False),
        ("%*%", "x/y", True),
        ("", "", True),
        ("*b", "ab", True),
        ("*b", "abc", False),
    ],
)
def test_wildcards(pattern: str, name: str, is_match: bool) -> None:
    assert compiled(pattern)(name) is is_match


def slow(pattern: str, name: str) -> bool:
    """The definition, by trying."""
    if not pattern:
        return not name
    if pattern[0] in "*%":
        limit = len(name) if pattern[0] == "*" else (name + "/").index("/")
        return any(slow(pattern[1:], name[skip:]) for skip in range(limit + 1))
    return bool(name) and name[0] == pattern[0] and slow(pattern[1:], name[1:])


@settings(max_examples=300)
@given(st.text("ab/*%", max_size=8), st.text("ab/", max_size=8))
def test_a_pattern_matches_as_it_is_defined(pattern: str, name: str) -> None:
    assert compiled(pattern)(name) is slow(pattern, name)


def test_a_bomb_takes_no_longer_than_its_length() -> None:
    matches = compiled("*a" * 500 + "b")
    started = time.perf_counter()

    assert not matches("a" * 1000)

    assert time.perf_counter() - started < 1
