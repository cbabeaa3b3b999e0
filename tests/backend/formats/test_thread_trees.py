"""Threads (RFC 5256 §3): the rules of both algorithms, and what hostile references cost."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from backend.formats.collation import casemap
from backend.formats.sort_keys import LINK_BYTES, sort_keys
from backend.formats.subjects import base_subject
from backend.formats.thread_trees import Threaded, ordered_subject, references


def message(
    number: int, subject: str = "", own: str = "", refers: str = "", at: int | None = None
) -> Threaded:
    """A message; `refers` are identifiers parted by spaces."""
    head = b"References: %b\r\n\r\n" % b" ".join(b"<%b>" % name.encode() for name in refers.split())
    base, is_reply = base_subject(subject)
    links = sort_keys(head, subject, own).links
    return Threaded(number, number if at is None else at, casemap(base), int(is_reply), links)


def threads(*messages: Threaded) -> str:
    return references(messages).render().decode()


def test_the_shape_of_the_example_of_the_rfc() -> None:
    """`(2)(3 6 (4 23)(44 7 96))` of RFC 5256 §4."""
    assert (
        threads(
            message(2, own="2@"),
            message(3, own="3@"),
            message(6, own="6@", refers="3@"),
            message(4, own="4@", refers="3@ 6@"),
            message(23, own="23@", refers="3@ 6@ 4@"),
            message(44, own="44@", refers="3@ 6@", at=50),
            message(7, own="7@", refers="3@ 6@ 44@"),
            message(96, own="96@", refers="3@ 6@ 44@ 7@"),
        )
        == "(2)(3 6 (4 23)(44 7 96))"
    )


def test_replies_without_their_first_message_share_a_root_that_is_not_there() -> None:
    """`((3)(5))` of RFC 5256 §4: parents that are missing are not answered."""
    assert threads(message(3, own="3@", refers="0@"), message(5, own="5@", refers="0@")) == "((3)(5))"
    assert threads(message(3, own="3@", refers="0@ 1@")) == "(3)"
    assert threads(message(1, own="1@"), message(2, own="2@", refers="1@ x@ y@")) == "(1 2)"


def test_roots_with_one_subject_are_gathered() -> None:
    assert threads(message(1, "lunch", own="1@"), message(2, "Re: LUNCH", own="2@")) == "(1 2)"
    assert threads(message(1, "Re: lunch", own="1@"), message(2, "lunch", own="2@")) == "(2 1)"
    assert threads(message(1, "lunch", own="1@"), message(2, "lunch", own="2@")) == "((1)(2))"
    assert threads(*(message(n, "Re: lunch", own=f"{n}@") for n in (1, 2, 3))) == "((1)(2)(3))"
    assert threads(message(1, "", own="1@"), message(2, "Re:", own="2@")) == "(1)(2)"
    assert (
        threads(
            message(1, "lunch", own="1@", refers="0@"),
            message(2, "lunch", own="2@", refers="0@"),
            message(3, "Re: lunch", own="3@"),
            message(4, "Re: lunch", own="4@", refers="9@"),
            message(5, "Re: lunch", own="5@", refers="9@"),
        )
        == "((1)(2)(3)(4)(5))"
    )


def test_order_is_by_date_at_every_level() -> None:
    assert (
        threads(
            message(1, own="1@", at=9),
            message(2, own="2@", at=5),
            message(3, own="3@", refers="1@", at=20),
            message(4, own="4@", refers="1@", at=10),
            message(5, "", own="5@", refers="x@", at=7),
            message(6, "", own="6@", refers="x@", at=6),
        )
        == "(2)((6)(5))(1 (4)(3))"
    )


def test_a_message_knows_its_parent_better_than_others_do() -> None:
    """RFC 5256 §3, step 1.B: what another's truncated references say is overruled."""
    assert (
        threads(
            message(1, own="1@"),
            message(2, own="2@", refers="1@ 3@"),
            message(3, own="3@"),
        )
        == "(1)(3 2)"
    )


def test_loops_and_doubles_are_harmless() -> None:
    assert threads(message(1, own="1@", refers="2@"), message(2, own="2@", refers="1@")) in ("(2 1)", "(1 2)")
    assert threads(message(1, own="1@", refers="1@")) == "(1)"
    assert threads(message(1, own="a@"), message(2, own="a@"), message(3, own="", refers="a@")) == "(1 3)(2)"


def test_ordered_subject() -> None:
    """RFC 5256 §3: one thread a subject, its first message before all others, threads by date."""
    found = ordered_subject(
        [
            message(1, "b", at=5),
            message(2, "Re: a", at=1),
            message(3, "a", at=7),
            message(4, "A", at=6),
            message(5, "Re: b", at=8),
            message(6, "c", at=2),
        ]
    )

    assert found.render() == b"(2 (4)(3))(6)(1 5)"


def test_a_thread_as_deep_as_the_mailbox() -> None:
    chain = [message(n, own=f"{n}@", refers=f"{n - 1}@" if n > 1 else "") for n in range(1, 5001)]

    assert references(chain).render() == b"(%b)" % b" ".join(b"%d" % n for n in range(1, 5001))
    random.Random(1).shuffle(chain)
    assert references(chain).render() == b"(%b)" % b" ".join(b"%d" % n for n in range(1, 5001))


LINKS = st.lists(st.integers(0, 12), max_size=6)


@given(st.lists(st.tuples(st.integers(0, 12), LINKS, st.integers(0, 3), st.booleans()), max_size=25))
def test_any_references_give_each_message_once(given_: list[tuple[int, list[int], int, bool]]) -> None:
    messages = [
        Threaded(
            number,
            number % 5,
            "ABC"[: subject % 4],
            int(is_reply),
            b"".join(value.to_bytes(LINK_BYTES, "big") for value in (own, *links)),
        )
        for number, (own, links, subject, is_reply) in enumerate(given_, 1)
    ]

    for trees in (references(messages), ordered_subject(messages)):
        text = trees.render().decode()
        assert sorted(map(int, re.findall(r"\d+", text))) == list(range(1, len(messages) + 1))
        assert text.count("(") == text.count(")")
        assert "()" not in text
        assert re.fullmatch(r"[\d() ]*", text)
