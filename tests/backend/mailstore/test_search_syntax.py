"""The language of the web's search field."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.kit.errors import InvalidSyntax
from backend.mailstore import search_terms
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.search_branches import MAX_BRANCHES, Branch, branches
from backend.mailstore.search_syntax import MAX_TERMS, All, Any, Doubt, Node, Not, Phrase, Term, parse, plain
from backend.mailstore.search_terms import Check
from backend.mailstore.words import LIST_MARK, words

NOW = 1_800_000_000


def unix(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def word(text: str, field: str = "", *, excluded: bool = False) -> Phrase:
    return Phrase((text,), field, is_prefix=not excluded and len(text) > 1, is_excluded=excluded)


@pytest.mark.parametrize(
    ("text", "phrases", "tests"),
    [
        ("Hello", [word("hello")], []),
        ('"Good Morning"', [Phrase(("good", "morning"))], []),
        ("-spam", [word("spam", excluded=True)], []),
        ("from:Ann", [word("ann", "sender")], []),
        ('to:"ann@x.org"', [Phrase(("ann", "x", "org"), "recipients", is_prefix=True)], []),
        ('-subject:"weekly report', [Phrase(("weekly", "report"), "subject", is_excluded=True)], []),
        ("cc:ann", [word("ann", "recipients")], [Check("cc", "ann")]),
        ("in:Work/2026", [], [Check("mailbox", "Work/2026")]),
        ('in:"Work in progress"', [], [Check("mailbox", "Work in progress")]),
        ("-in:sent", [], [Check("mailbox", "sent", is_excluded=True)]),
        ("is:unread is:starred", [], [Check("flag", SEEN, is_excluded=True), Check("flag", FLAGGED)]),
        ("-is:unread", [], [Check("flag", SEEN)]),
        ("has:attachment", [], [Check("attachment")]),
        ("-has:attachments", [], [Check("attachment", is_excluded=True)]),
        ("filename:budget.xlsx", [], [Check("filename", "budget.xlsx")]),
        ("list:news.example", [Phrase((f"{LIST_MARK}news", f"{LIST_MARK}example"), "recipients", True)], []),
        ("tag:travel", [], [Check("tag", "travel")]),
        (
            "after:2026-02-03 before:2026/3",
            [],
            [Check("after", unix(2026, 2, 3)), Check("before", unix(2026, 3, 1))],
        ),
        ("newer_than:7d", [], [Check("after", NOW - 7 * 86400)]),
        ("older_than:1y", [], [Check("before", NOW - 365 * 86400)]),
        ("larger:2M smaller:10mb", [], [Check("larger", 2 << 20), Check("smaller", 10 << 20)]),
        ("before:tomorrow", [Phrase(("before", "tomorrow"), is_prefix=True)], []),
        ("before:2026-02-30", [Phrase(("before", "2026", "02", "30"), is_prefix=True)], []),
        ("https://x.org", [Phrase(("https", "x", "org"), is_prefix=True)], []),
        ("from: ann", [word("from"), word("ann")], []),
        ("ann ann", [word("ann")], []),
        ("or and", [word("or"), word("and")], []),
        ("aa AND bb", [word("aa"), word("bb")], []),
        ("\u201cGood Morning\u201d", [Phrase(("good", "morning"))], []),
        ("after:yesterday", [], [Check("after", NOW - NOW % 86400 - 86400)]),
        (
            "older:3.2.2026 newer:2026",
            [],
            [Check("before", unix(2026, 2, 3)), Check("after", unix(2026, 1, 1))],
        ),
        ("size:1k label:travel", [], [Check("larger", 1024), Check("tag", "travel")]),
    ],
)
def test_what_is_asked_together(text: str, phrases: list[Phrase], tests: list[Check]) -> None:
    assert branches(parse(text, now=NOW).tree) == [Branch(phrases, tests)]


@pytest.mark.parametrize("text", ["", '  - : " ', "()", "{ }", "OR", ")(", "-()"])
def test_what_asks_nothing(text: str) -> None:
    assert branches(parse(text, now=NOW).tree) == []


A, B, C = word("aa"), word("bb"), word("cc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("aa bb", All((A, B))),
        ("aa OR bb", Any((A, B))),
        ("aa | bb", Any((A, B))),
        ("{aa bb}", Any((A, B))),
        ("aa bb OR cc", All((A, Any((B, C))))),
        ("(aa bb) OR cc", Any((All((A, B)), C))),
        ("(aa bb", All((A, B))),
        ("aa) bb", All((A, B))),
        ("-(aa OR bb)", Not(Any((A, B)))),
        ("from:(aa OR bb)", Any((word("aa", "sender"), word("bb", "sender")))),
        ("from:(aa to:bb)", All((word("aa", "sender"), word("bb", "recipients")))),
        ("aa OR OR bb", Any((A, B))),
        ("aa OR", A),
    ],
)
def test_trees(text: str, tree: Node) -> None:
    assert parse(text, now=NOW).tree == tree


def test_a_group_that_is_excluded_is_excluded_word_by_word() -> None:
    found = branches(parse("-(aa OR bb) -(cc in:sent)", now=NOW).tree)

    apart = [word("aa", excluded=True), word("bb", excluded=True)]
    assert found == [
        Branch([*apart, word("cc", excluded=True)]),
        Branch(apart, [Check("mailbox", "sent", is_excluded=True)]),
    ]


def test_terms_say_where_they_stand_and_whether_they_were_understood() -> None:
    text = 'from:ann -"two words" before:soon (is:unread OR x)'

    terms = parse(text, now=NOW).terms

    assert [(text[t.start : t.start + t.length], t.doubt) for t in terms] == [
        ("from:ann", None),
        ('-"two words"', None),
        ("before:soon", Doubt.AS_WORDS),
        ("is:unread", None),
        ("x", None),
    ]
    assert terms[1] == Term(9, 12, "", "two words", is_excluded=True)


def test_me_is_any_of_ones_own_addresses() -> None:
    own = ("ann@x.org", "desk@x.org")

    found = branches(parse("from:me -to:Me subject:me", now=NOW, own=own).tree)

    ann, desk = (tuple(words(one)) for one in own)
    rest = [
        Phrase(ann, "recipients", is_excluded=True),
        Phrase(desk, "recipients", is_excluded=True),
        word("me", "subject"),
    ]
    assert [branch.phrases for branch in found] == [
        [Phrase(one, "sender", is_prefix=True), *rest] for one in (ann, desk)
    ]
    assert branches(parse("from:me", now=NOW).tree) == [Branch([word("me", "sender")])]


def test_an_operator_with_nothing_to_look_for_is_left_out_and_says_so() -> None:
    [term] = parse("from:@", now=NOW).terms

    assert (term.operator, term.value, term.doubt) == ("from", "@", Doubt.LEFT_OUT)


def test_terms_alternatives_and_depth_are_bounded() -> None:
    found = parse("ab " * 200, now=NOW).terms
    assert [term.doubt for term in found] == [None] * MAX_TERMS + [Doubt.LEFT_OUT] * MAX_TERMS
    assert parse("(" * 900 + "aa", now=NOW).terms == []
    assert len(branches(parse("(a1 OR b1) (a2 OR b2) (a3 OR b3) (a4 OR b4)", now=NOW).tree)) == MAX_BRANCHES
    with pytest.raises(InvalidSyntax):
        branches(parse(" ".join(f"(a{n} OR b{n})" for n in range(15)), now=NOW).tree)


PIECES = st.sampled_from(
    ["aa", "bb", "(", ")", "{", "}", "-", "OR", " ", '"', "from:", "in:", "is:unread", "cc:dd", "before:2026"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("".join)))
def test_nothing_raises_and_words_are_clean(text: str) -> None:
    search = parse(text, now=NOW)

    assert len(search.terms) <= MAX_TERMS
    ends = 0
    for term in search.terms:
        assert term.start >= ends
        ends = term.start + term.length
        assert ends <= len(text)
    for leaf in leaves(search.tree):
        if isinstance(leaf, Phrase):
            assert leaf.words
            assert all(words(one) == [one] for one in leaf.words)


TREES = st.recursive(
    st.builds(
        Check,
        st.just(search_terms.FLAG),
        st.integers(0, 3),
        st.booleans(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: Any(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=7,
)


@settings(max_examples=300, deadline=None)
@given(TREES, st.sets(st.integers(0, 3)))
def test_branches_mean_what_the_tree_means(tree: Node, true: set[int]) -> None:
    try:
        found = branches(tree)
    except InvalidSyntax:
        return

    meant = any(all(holds(test, true) for test in branch.tests) for branch in found)

    assert meant == holds(tree, true)
    assert holds(plain(tree), true) == holds(tree, true)


def holds(node: Node, true: set[int]) -> bool:
    match node:
        case All(parts):
            return all(holds(part, true) for part in parts)
        case Any(parts):
            return any(holds(part, true) for part in parts)
        case Not(part):
            return not holds(part, true)
        case Check():
            return (node.value in true) != node.is_excluded
    raise AssertionError(node)


def leaves(node: Node) -> list[Phrase | Check]:
    match node:
        case All(parts) | Any(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part):
            return leaves(part)
        case _:
            return [node]


@pytest.mark.parametrize(
    ("zone", "begins_at"),
    [
        ("Europe/Berlin", "2026-03-28T23:00"),
        ("America/New_York", "2026-03-29T04:00"),
        ("Asia/Kathmandu", "2026-03-28T18:15"),
        ("Pacific/Kiritimati", "2026-03-28T10:00"),
    ],
)
def test_a_date_is_a_day_where_one_lives(zone: str, begins_at: str) -> None:
    found = parse("before:2026-03-29 newer_than:1d", now=NOW, zone=ZoneInfo(zone)).tree

    began = int(datetime.fromisoformat(begins_at).replace(tzinfo=UTC).timestamp())
    assert found == All((Check("before", began), Check("after", NOW - 86400)))


def test_a_date_at_the_edge_of_time_is_one_or_none() -> None:
    for text in ("before:0001-01-01", "after:9999-12-31", "before:0000-01-01"):
        for zone in ("Pacific/Kiritimati", "America/New_York"):
            assert parse(text, now=NOW, zone=ZoneInfo(zone)).terms
