"""Collation, base subjects and the keys of SORT and THREAD (RFC 5051, RFC 5256 §2.1, RFC 5957)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.formats.collation import casemap
from backend.formats.sort_keys import LINK_BYTES, MAX_KEY_CHARS, MAX_REFERENCES, sort_keys
from backend.formats.subjects import base_subject


@pytest.mark.parametrize(("one", "other"), [("straße", "STRAßE"), ("Éa", "éA"), ("ǆ", "ǅ"), ("Å", "Å")])
def test_casemap_makes_equal_what_differs_in_case_or_composition(one: str, other: str) -> None:
    assert casemap(one) == casemap(other)


def test_casemap_orders_by_upper_case() -> None:
    words = ["b", "A", "_", "a", "Z", "[", "é", "e", "f"]

    assert sorted(words, key=lambda word: casemap(word).encode()) == [
        "A", "a", "b", "e", "é", "f", "Z", "[", "_",
    ]  # fmt: skip


@given(st.text())
def test_casemap_is_stable_under_case(text: str) -> None:
    assert casemap(casemap(text)) == casemap(text) or not text.isascii()


@pytest.mark.parametrize(
    ("subject", "base", "is_reply"),
    [
        ("Re: hello", "hello", True),
        ("re[4]: [List] Fwd: hello (fwd) (fwd)", "hello", True),
        ("[fwd: hello]", "hello", True),
        ("[Fwd: Re: [a] hello]", "hello", True),
        ("[blob] hello", "hello", False),
        ("[blob]", "[blob]", False),
        ("Re: [blob]", "[blob]", True),
        ("Re:", "", True),
        ("regarding", "regarding", False),
        ("hello  there\tall", "hello there all", False),
        ("AW: hallo", "AW: hallo", False),
    ],
)
def test_base_subjects(subject: str, base: str, is_reply: bool) -> None:
    assert base_subject(subject) == (base, is_reply)


def test_keys_of_a_header() -> None:
    head = (
        b"From: =?utf-8?q?Zo=C3=AB?= <z@example.org>, Ann <a@example.org>\r\n"
        b"To: bob@Example.org\r\nCc: Friends: carol@example.org;\r\n"
        b"References: <1@a> <2@a>\r\nIn-Reply-To: <9@a>\r\n\r\n"
    )

    keys = sort_keys(head, "Re: Grüße", "3@a")

    assert (keys.subject, keys.is_reply) == (casemap("grüße"), True)
    assert (keys.from_mailbox, keys.from_display) == ("Z", casemap("zoë"))
    assert (keys.to_mailbox, keys.to_display) == ("BOB", "BOB@EXAMPLE.ORG")
    assert keys.cc_mailbox == "FRIENDS"
    assert len(keys.links) == 3 * LINK_BYTES


def test_in_reply_to_counts_where_there_are_no_references() -> None:
    replied = sort_keys(b"In-Reply-To: <1@a> <2@a>\r\n\r\n", "", "")
    referring = sort_keys(b"References: <1@a>\r\n\r\n", "", "")

    assert replied.links == referring.links
    assert not any(replied.links[:LINK_BYTES])


@given(st.binary(max_size=300), st.text(max_size=400), st.text(max_size=20))
def test_any_header_gives_bounded_keys(head: bytes, subject: str, message_id: str) -> None:
    keys = sort_keys(head, subject, message_id)

    for text in (keys.subject, keys.from_mailbox, keys.to_mailbox, keys.cc_mailbox, keys.from_display):
        assert len(text) <= MAX_KEY_CHARS
        text.encode()
    assert len(keys.links) <= LINK_BYTES * (1 + MAX_REFERENCES)
