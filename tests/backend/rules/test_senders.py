"""Lists of senders: what is kept, and which entry counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.errors import InvalidSyntax
from backend.rules.senders import Known, Standing, entry, keys


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ann@Shop.Test ", "ann@shop.test"),
        ("shop.test", "@shop.test"),
        ("@Shop.Test", "@shop.test"),
        ("münchen.test", "@xn--mnchen-3ya.test"),
    ],
)
def test_addresses_and_domains_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert entry(typed) == kept


@pytest.mark.parametrize("typed", ["", "ann", "@", "a b@shop.test", "ann@", "shop..test", "*"])
def test_what_is_neither_is_refused(typed: str) -> None:
    with pytest.raises(InvalidSyntax):
        entry(typed)


def test_the_most_exact_entry_counts() -> None:
    known = Known(
        trusted=frozenset({"ann@shop.test", "@good.bad.test"}), blocked=frozenset({"@shop.test", "@bad.test"})
    )

    assert known.standing("Ann@shop.test") is Standing.TRUSTED
    assert known.standing("bob@mail.shop.test") is Standing.BLOCKED
    assert known.standing("x@y.good.bad.test") is Standing.TRUSTED
    assert known.standing("x@notbad.test") is None
    assert list(keys("a@b.c")) == ["a@b.c", "@b.c", "@c"]


@given(st.text(max_size=60))
def test_no_address_trips_it(address: str) -> None:
    assert Known(frozenset(), frozenset({"@x.test"})).standing(address) in (None, Standing.BLOCKED)
