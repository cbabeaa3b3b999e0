"""Signed return paths: what was issued comes back, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.addresses import parse_path
from backend.formats.bounce_addresses import VALID_DAYS, Kind, Tag, localpart, sign, token_of, verify

KEY = b"k" * 32
DAY_S = 86_400
NOW = 20_000 * DAY_S
TAG = Tag.issued(Kind.LIST, 7, 2**64 - 1, at=NOW)

tags = st.builds(
    Tag, st.sampled_from(Kind), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 65_535)
)


@given(tags, st.binary(min_size=1, max_size=64))
def test_what_was_issued_comes_back_in_any_case(tag: Tag, key: bytes) -> None:
    token = sign(key, tag, "Example.test")

    assert verify(key, token, "example.test", now=tag.day * DAY_S) == tag
    assert verify(key, token.upper(), "EXAMPLE.test", now=tag.day * DAY_S) == tag
    address = parse_path(f"<{localpart(token).upper()}@example.test>".encode())
    assert address is not None
    assert token_of(address.localpart) == token


@given(tags, st.integers(0, 46), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_letter_is_a_forgery(tag: Tag, at: int, letter: str) -> None:
    token = sign(KEY, tag, "example.test")
    forged = token[:at] + letter + token[at + 1 :]

    found = verify(KEY, forged, "example.test", now=tag.day * DAY_S)
    # The last letter carries three bits that stand for nothing.
    assert found is None or (found == tag and (forged == token or at == 46))


@given(st.text(max_size=70))
def test_other_text_is_no_token(text: str) -> None:
    assert verify(KEY, text, "example.test", now=NOW) is None
    assert token_of(text) is None


def test_a_token_is_good_for_its_key_and_domain_only() -> None:
    token = sign(KEY, TAG, "example.test")

    assert verify(b"x" * 32, token, "example.test", now=NOW) is None
    assert verify(KEY, token, "other.test", now=NOW) is None


@pytest.mark.parametrize(
    ("days", "found"), [(-2, None), (-1, TAG), (0, TAG), (VALID_DAYS, TAG), (VALID_DAYS + 1, None)]
)
def test_a_token_ends(days: int, found: Tag | None) -> None:
    assert verify(KEY, sign(KEY, TAG, "example.test"), "example.test", now=NOW + days * DAY_S) == found


def test_the_same_matter_keeps_its_return_path_for_the_day() -> None:
    later = Tag.issued(Kind.LIST, 7, 2**64 - 1, at=NOW + DAY_S - 1)

    assert sign(KEY, later, "example.test") == sign(KEY, TAG, "example.test")
