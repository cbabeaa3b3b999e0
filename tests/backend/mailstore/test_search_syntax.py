"""The language of the web's search field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.search_syntax import MAX_TERMS, Phrase, Query, parse
from backend.mailstore.words import words

NOW = 1_800_000_000


def unix(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ('  - : " ', Query()),
        ("Hello", Query([Phrase(("hello",), is_prefix=True)])),
        ('"Good Morning"', Query([Phrase(("good", "morning"))])),
        ("-spam", Query([Phrase(("spam",), is_excluded=True)])),
        ("from:Ann", Query([Phrase(("ann",), "sender", is_prefix=True)])),
        ('to:"ann@x.org"', Query([Phrase(("ann", "x", "org"), "recipients", is_prefix=True)])),
        ('-subject:"weekly report', Query([Phrase(("weekly", "report"), "subject", is_excluded=True)])),
        ("in:Work/2026", Query(mailbox="Work/2026")),
        ("is:unread is:flagged", Query(flags_set=FLAGGED, flags_clear=SEEN)),
        ("-is:unread", Query(flags_set=SEEN)),
        ("has:attachment", Query(has_attachments=True)),
        ("-has:attachments", Query(has_attachments=False)),
        ("after:2026-02-03 before:2026/3", Query(after=unix(2026, 2, 3), before=unix(2026, 3, 1))),
        ("newer_than:7d", Query(after=NOW - 7 * 86400)),
        ("larger:2M smaller:10mb", Query(larger=2 << 20, smaller=10 << 20)),
        ("before:tomorrow", Query([Phrase(("before", "tomorrow"), is_prefix=True)])),
        ("before:2026-02-30", Query([Phrase(("before", "2026", "02", "30"), is_prefix=True)])),
        ("https://x.org", Query([Phrase(("https", "x", "org"), is_prefix=True)])),
    ],
)
def test_searches(text: str, query: Query) -> None:
    assert parse(text, now=NOW) == query


def test_the_number_of_terms_is_bounded() -> None:
    assert len(parse("ab " * 200, now=NOW).phrases) == MAX_TERMS


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_nothing_raises_and_words_are_clean(text: str) -> None:
    for phrase in parse(text, now=NOW).phrases:
        assert phrase.words
        assert all(words(word) == [word] for word in phrase.words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße CAFÉ it's a_b", ["strasse", "cafe", "it", "s", "a", "b"]),
        ("今日は良い天気 ok", ["今", "日", "は", "良", "い", "天", "気", "ok"]),
        ("हिन्दी में", words("हिन्दी में")),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_signs_stay_in_their_words() -> None:
    assert len(words("हिन्दी में")) == 2
    assert words("ที่นี่") == ["ที", "นี"]  # as Thai has no spaces: each letter with its signs, tones are dropped
    assert len(words("ภาษาไทย")) == 7
