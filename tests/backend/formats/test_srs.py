"""Rewritten return paths come back to whom they stand for, and nobody else can make one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.formats import srs
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax

NOW = 1_800_000_000
SECRET, OLD = b"new" * 10, b"old" * 10

domains = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]\.[a-z]{2,6}", fullmatch=True)
localparts = st.text(
    st.characters(
        min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f", exclude_categories=["Cc"]
    ),
    min_size=1,
    max_size=40,
)


def rewrite(sender: Address, domain: str = "here.test", secret: bytes = SECRET, now: int = NOW) -> Address:
    return srs.rewrite(sender, domain, secret, now=now)


@given(localparts, domains, st.integers(0, 2**33), st.integers(0, srs.VALID_DAYS))
def test_what_is_rewritten_comes_back(localpart: str, domain: str, now: int, days: int) -> None:
    assume(not srs._FIRST.match(localpart) and not srs._SECOND.match(localpart))
    sender = Address(localpart, domain)
    made = rewrite(sender, now=now)

    assert srs.is_rewritten(made.localpart)
    assert made.domain == "here.test"
    assert srs.restore(made, [OLD, SECRET], now=now + days * srs.DAY_S) == sender


def test_the_shape_is_that_of_the_scheme() -> None:
    made = rewrite(Address("Bob.X", "far.test"))

    kind, tag, day, domain, localpart = made.localpart.split("=")
    assert (kind, len(tag), len(day), domain, localpart) == ("SRS0", 8, 2, "far.test", "Bob.X")


def test_case_is_not_looked_at() -> None:
    made = rewrite(Address("Bob", "far.test"))

    assert srs.restore(Address(made.localpart.lower(), made.domain), [SECRET], now=NOW) == Address(
        "bob", "far.test"
    )


@pytest.mark.parametrize("days", [-1, srs.VALID_DAYS + 1, 500, 1023])
def test_it_expires_and_does_not_come_from_the_future(days: int) -> None:
    made = rewrite(Address("bob", "far.test"))

    with pytest.raises(InvalidSyntax):
        srs.restore(made, [SECRET], now=NOW + days * srs.DAY_S)


def test_another_secret_does_not_verify() -> None:
    with pytest.raises(InvalidSyntax):
        srs.restore(rewrite(Address("bob", "far.test")), [OLD], now=NOW)


@given(st.data())
def test_a_changed_letter_is_seen(data: st.DataObject) -> None:
    made = rewrite(Address("bob", "far.test"))
    at = data.draw(st.integers(5, len(made.localpart) - 1))
    other = data.draw(st.sampled_from("abcdefgh2345=."))
    assume(other != made.localpart[at].lower())
    changed = made.localpart[:at] + other + made.localpart[at + 1 :]

    with pytest.raises(InvalidSyntax):
        srs.restore(Address(changed, made.domain), [SECRET], now=NOW)


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    for prefix in ("", "SRS0=", "SRS1=", "srs0=a=bb=c="):
        with pytest.raises(InvalidSyntax):
            srs.restore(Address(prefix + text, "here.test"), [SECRET], now=NOW)


@given(localparts, domains, domains, domains)
def test_two_and_three_forwarders_lead_back_to_the_first(
    localpart: str, domain: str, second: str, third: str
) -> None:
    assume(not srs._FIRST.match(localpart) and not srs._SECOND.match(localpart))
    first = rewrite(Address(localpart, domain), "first.test", b"1" * 32)
    passed = rewrite(first, second, b"2" * 32)
    again = rewrite(passed, third, b"3" * 32)

    assert passed.localpart.startswith("SRS1=")
    assert len(again.localpart) == len(passed.localpart)
    assert srs.restore(passed, [b"2" * 32], now=NOW) == first
    assert srs.restore(again, [b"3" * 32], now=NOW) == first
    with pytest.raises(InvalidSyntax):
        srs.restore(again, [b"2" * 32], now=NOW)


def test_forwarders_with_other_separators_are_understood() -> None:
    first = Address("SRS0+abcd=QQ=far.test=bob", "first.test")

    passed = rewrite(first)

    assert passed.localpart.endswith("=first.test=+abcd=QQ=far.test=bob")
    assert srs.restore(passed, [SECRET], now=NOW) == first


def test_one_too_long_is_refused() -> None:
    with pytest.raises(InvalidSyntax):
        rewrite(Address("b" * 64, "x" * 200 + ".test"), "y" * 60 + ".test")


def test_it_is_an_address_for_our_own_parsers() -> None:
    made = rewrite(Address("b" * 60, "x" * 60 + ".test"))

    assert len(made.localpart) > 64
    assert Address.parse(str(made)) == made
    with pytest.raises(InvalidSyntax):
        Address.parse("b" * 65 + "@here.test")
