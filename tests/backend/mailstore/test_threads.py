"""Which messages make a thread."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.kit import clock, db, ids
from backend.mailstore import ingest, threads
from tests.backend.mailstore.messages import message


@pytest.fixture
def day() -> Iterator[list[int]]:
    """A day that the test sets; the clock stands at its beginning."""
    days = [0]
    clock.set_source(lambda: 1_800_000_000 + days[0] * 86400)
    yield days
    clock.set_source(None)


async def thread_of(account_id: int, subject: str, message_id: str = "", references: str = "") -> int:
    raw = message(subject, message_id=message_id, references=references)
    return (await ingest.store(raw, account_id, "inbox")).thread_id


async def test_a_reply_joins_what_it_refers_to(account: int) -> None:
    first = await thread_of(account, "Plan", "a@x")
    reply = await thread_of(account, "AW: plan", "b@x", "<a@x>")
    deep = await thread_of(account, "Accepted: Re: Plan", "c@x", "<gone@x> <b@x>")

    assert first == reply == deep


async def test_another_subject_begins_a_thread_that_its_answers_follow(any_account: int) -> None:
    first = await thread_of(any_account, "Plan", "a@x")
    changed = await thread_of(any_account, "Lunch (was: Plan)", "b@x", "<a@x>")
    answer = await thread_of(any_account, "Re: Lunch (was: Plan)", "c@x", "<a@x> <b@x>")
    back = await thread_of(any_account, "Re: Plan", "d@x", "<a@x>")

    assert changed == answer != first == back


async def test_a_message_without_a_subject_follows_what_it_refers_to(account: int) -> None:
    first = await thread_of(account, "Plan", "a@x")

    assert await thread_of(account, "", "b@x", "<a@x>") == first
    assert await thread_of(account, "Re: Plan", "c@x", "<b@x>") == first


async def test_messages_that_arrive_before_their_parent_meet(account: int) -> None:
    late = await thread_of(account, "Re: Plan", "c@x", "<a@x> <b@x>")
    sibling = await thread_of(account, "Fwd: Plan", "d@x", "<a@x>")
    parent = await thread_of(account, "Plan", "b@x", "<a@x>")

    assert late == sibling == parent


async def test_the_nearest_reference_wins(account: int) -> None:
    await thread_of(account, "One", "a@x")
    near = await thread_of(account, "Two", "b@x")

    assert await thread_of(account, "Re: Two", "c@x", "<a@x> <b@x>") == near


async def test_a_reply_without_references_joins_by_subject_for_30_days(
    any_account: int, day: list[int]
) -> None:
    first = await thread_of(any_account, "Budget 2027", "a@x")
    assert await thread_of(any_account, "AW: budget  2027", "b@x") == first

    day[0] = 31
    assert await thread_of(any_account, "Re: Budget 2027", "c@x") != first


async def test_equal_subjects_alone_make_no_thread(account: int) -> None:
    first = await thread_of(account, "Backup report", "a@x")

    assert await thread_of(account, "Backup report", "b@x") != first
    assert await thread_of(account, "", "c@x") != await thread_of(account, "Re:", "d@x")


async def test_accounts_do_not_share_threads(account: int) -> None:
    clues = threads.Clues(("a@x",), "plan", True)
    own, others = threads._keys(account, clues), threads._keys(account + 1, clues)
    assert not {*own.message_ids, own.subject} & {*others.message_ids, others.subject}


async def test_long_reference_lists_keep_root_and_newest(account: int) -> None:
    root = await thread_of(account, "Root", "r@x")
    long = " ".join(f"<n{number}@x>" for number in range(90))

    assert await thread_of(account, "Re: Root", "z@x", f"<r@x> {long}") == root


_NAMES = st.sampled_from(["a@x", "b@x", "c@x", "d@x", "e@x"])
_CLUES = st.builds(
    threads.Clues,
    st.lists(_NAMES, unique=True, max_size=3).map(tuple),
    st.sampled_from(["", "plan", "menu"]),
    st.booleans(),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_CLUES, min_size=1, max_size=8))
async def test_messages_that_come_together_are_threaded_as_one_after_the_other(
    account: int, found: list[threads.Clues]
) -> None:
    together, apart = ids.new_id(), ids.new_id()

    async def verb(tx: db.Tx) -> tuple[list[int], list[int]]:
        return (
            await threads.assign_all(tx, together, found),
            [await threads.assign(tx, apart, one) for one in found],
        )

    all_at_once, one_by_one = await db.write(verb, durable=False)

    assert [all_at_once.index(one) for one in all_at_once] == [one_by_one.index(one) for one in one_by_one]
