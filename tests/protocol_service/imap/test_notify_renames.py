"""Renames as NOTIFY tells them: who follows them one by one ends at the right names."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.mailstore.mailbox_names import is_below
from protocol_service.imap.notify.renames import Rename, in_order, to_tell


def renames(*pairs: tuple[str, str]) -> list[Rename]:
    return [Rename(at, was, now, is_wanted=True) for at, (was, now) in enumerate(pairs)]


def told(*pairs: tuple[str, str], stayed: Iterable[str] = ()) -> list[tuple[str, str]] | None:
    ordered = in_order(to_tell(renames(*pairs), frozenset()), stayed)
    return None if ordered is None else [(one.was, one.now) for one in ordered]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "b")], [("a", "b")]),
        ([("a", "b"), ("a/c", "b/c"), ("a/c/d", "b/c/d")], [("a", "b")]),
        ([("a", "b"), ("b", "c")], [("b", "c"), ("a", "b")]),
        ([("a", "b"), ("a/c", "x")], [("a/c", "x"), ("a", "b")]),
        ([("a", "b"), ("a/c", "x"), ("x", "y")], [("x", "y"), ("a/c", "x"), ("a", "b")]),
        ([("a", "b/x"), ("b", "c")], [("b", "c"), ("a", "b/x")]),
        ([("a", "b"), ("b", "a")], None),
    ],
)
def test_the_order(pairs: list[tuple[str, str]], expected: list[tuple[str, str]] | None) -> None:
    assert told(*pairs) == expected


def test_one_that_is_called_as_before_is_not_taken_along() -> None:
    assert told(("a", "c"), ("b", "a"), stayed=["a/b"]) is None
    assert told(("a", "c"), ("b", "a"), stayed=["c/b"]) == [("a", "c"), ("b", "a")]


def test_children_are_told_where_what_they_went_along_with_is_not() -> None:
    parent, child = Rename(1, "a", "b", is_wanted=False), Rename(2, "a/c", "b/c", is_wanted=True)

    assert to_tell([parent, child], frozenset()) == [child]
    assert to_tell([parent, child], frozenset({"b"})) == []


NAMES = st.sampled_from(["a", "b", "c", "a/a", "a/b", "b/a", "b/b", "c/a", "a/a/a", "b/a/b"])


@example([("a/b", "b/b"), ("a", "c/a"), ("b", "a")])  # a/b is called that again in the end
@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_whoever_follows_them_knows_the_names(acts: list[tuple[str, str]]) -> None:
    before = ["a", "a/a", "a/a/a", "a/b", "b", "b/a", "c"]
    names = list(before)
    for old, new in acts:
        if old in names and new not in names and not is_below(new, old):
            names = [new + name[len(old) :] if name == old or is_below(name, old) else name for name in names]
    changed = [(was, now) for was, now in zip(before, names, strict=True) if was != now]

    ordered = told(*changed, stayed=[was for was, now in zip(before, names, strict=True) if was == now])

    client = dict(zip(range(len(before)), before, strict=True))
    for was, now in ordered or []:
        client = {
            at: now + name[len(was) :] if name == was or is_below(name, was) else name
            for at, name in client.items()
        }
    assert ordered is None or list(client.values()) == names
