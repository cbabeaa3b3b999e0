"""Sets of messages as SQL conditions."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.mailstore.selection import LIST_SIZES, are_near, by_uids, by_values
from backend.mailstore.types import MAX_UID, mailbox_of, place, uid_of


@settings(max_examples=100)
@given(st.lists(st.integers(-3, MAX_UID + 3), max_size=50))
def test_a_selection_names_exactly_its_uids(uids: list[int]) -> None:
    named: set[int] = set()
    for part in by_uids(7, uids):
        if "BETWEEN" in part.where:
            named.update(range(part.args[0], part.args[1] + 1))
        else:
            named.update(part.args)

    assert named == {place(7, uid) for uid in uids if 0 < uid <= MAX_UID}


def test_runs_are_ranges_and_the_rest_are_lists_of_few_lengths() -> None:
    assert [part.args for part in by_uids(1, range(5, 1000))] == [(place(1, 5), place(1, 999))]
    assert len(by_uids(1, [*range(1, 40), *range(60, 100)])) == 2
    scattered = by_uids(1, range(1, 5000, 2))
    assert [part.where.count("?") for part in scattered] == [1024, 1024, 1024]
    assert by_uids(1, []) == []
    assert {part.where.count("?") for part in by_values("ref", [1, 2, 3, 4, 5])} <= set(LIST_SIZES)


def test_a_place_holds_mailbox_and_uid() -> None:
    assert mailbox_of(place((1 << 31) - 1, MAX_UID)) == (1 << 31) - 1
    assert uid_of(place((1 << 31) - 1, MAX_UID)) == MAX_UID
    assert place((1 << 31) - 1, MAX_UID) < 1 << 63


def test_few_messages_and_neighbours_are_near() -> None:
    assert are_near([], 10)
    assert are_near([1, 5000, 1 << 31], 10)
    assert are_near(range(100, 600), 500)
    assert not are_near(range(100, 601), 500)
    assert not are_near(range(1, 1000, 2), 500)
