"""Conversations parted and joined by their reader, and what arrives afterwards."""

from __future__ import annotations

import pytest

from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound
from backend.mailstore import changes, ingest, thread_changes
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message


async def file(account_id: int, subject: str, name: str, references: str = "", *, at: int) -> int:
    raw = message(subject, message_id=name, references=references)
    return (await ingest.store(raw, account_id, "inbox", internal_at=1_700_000_000 + at)).ref


async def thread(account_id: int, ref: int) -> int:
    return int(await db.fetch_value("SELECT thread_id FROM message WHERE ref = ?", ref))


async def conversation(account_id: int) -> list[int]:
    return [
        await file(account_id, "Plan", "a@x", at=0),
        await file(account_id, "Re: Plan", "b@x", "<a@x>", at=1),
        await file(account_id, "Re: Plan", "c@x", "<a@x> <b@x>", at=2),
    ]


async def test_a_split_takes_what_came_after_along_and_what_comes_later(any_account: int) -> None:
    first, second, third = await conversation(any_account)
    before = await changes.account_state(any_account)

    new = await thread_changes.split(any_account, second)

    assert [await thread(any_account, ref) for ref in (second, third)] == [new, new]
    assert await thread(any_account, first) != new
    answer = await file(any_account, "Re: Plan", "d@x", "<a@x> <b@x> <c@x>", at=3)
    stays = await file(any_account, "Re: Plan", "e@x", "<a@x>", at=4)
    assert await thread(any_account, answer) == new
    assert await thread(any_account, stays) == await thread(any_account, first)
    told = await db.fetch_rows(
        "SELECT ref FROM message WHERE modseq > ? AND ref < ? ORDER BY ref", before, answer
    )
    assert [row[0] for row in told] == [second, third]


async def test_copies_of_a_message_stay_together(account: int) -> None:
    await file(account, "Plan", "a@x", at=0)
    sent = (await ingest.store(message("Re: Plan", message_id="b@x", references="<a@x>"), account, "sent",
                               internal_at=1_700_000_001)).ref  # fmt: skip
    back = await file(account, "Re: Plan", "b@x", "<a@x>", at=2)

    new = await thread_changes.split(account, back)

    assert await thread(account, sent) == new


async def test_the_first_message_of_a_conversation_cannot_leave_it(account: int) -> None:
    first, *_ = await conversation(account)

    with pytest.raises(Conflict):
        await thread_changes.split(account, first)
    with pytest.raises(NotFound):
        await thread_changes.split(account + 1, first)
    assert await db.fetch_value("SELECT COUNT(DISTINCT thread_id) FROM message") == 1


async def test_joined_conversations_are_one_for_what_comes_later_too(any_account: int) -> None:
    first, *_ = await conversation(any_account)
    other = await file(any_account, "Costs", "k@x", at=5)

    into = (await thread_changes.join(any_account, [other, first])).thread_id

    assert into == await thread(any_account, first) == await thread(any_account, other)
    answer = await file(any_account, "Re: Costs", "l@x", "<k@x>", at=6)
    assert await thread(any_account, answer) == into


async def test_a_join_undoes_a_split(account: int) -> None:
    first, second, third = await conversation(account)
    await thread_changes.split(account, second)

    into = (await thread_changes.join(account, [first, third])).thread_id

    assert {await thread(account, ref) for ref in (first, second, third)} == {into}
    await assert_consistent()


@pytest.mark.parametrize(("picked", "error"), [([0], InvalidSyntax), ([0, 1], Conflict), ([0, 99], NotFound)])
async def test_what_cannot_be_joined_is_refused(
    account: int, picked: list[int], error: type[Exception]
) -> None:
    refs = await conversation(account)

    with pytest.raises(error):
        await thread_changes.join(account, [refs[at] if at < 3 else 99 for at in picked])


async def test_a_join_is_undone_by_parting_what_each_conversation_brought(any_account: int) -> None:
    first, second, third = await conversation(any_account)
    costs = await file(any_account, "Costs", "k@x", at=5)
    more = await file(any_account, "Re: Costs", "l@x", "<k@x>", at=6)
    other = await file(any_account, "Views", "v@x", at=7)
    joined = await thread_changes.join(any_account, [first, costs, other])
    assert sorted(joined.brought) == [[costs, more], [other]]

    parted = [await thread_changes.part(any_account, refs) for refs in sorted(joined.brought)]

    assert [await thread(any_account, ref) for ref in (costs, more, other)] == [parted[0]] * 2 + [parted[1]]
    assert {await thread(any_account, ref) for ref in (first, second, third)} == {joined.thread_id}
    answer = await file(any_account, "Re: Costs", "m@x", "<l@x>", at=8)
    assert await thread(any_account, answer) == parted[0]
    await assert_consistent()


async def test_what_cannot_be_parted_is_refused(account: int) -> None:
    refs = await conversation(account)

    with pytest.raises(Conflict):
        await thread_changes.part(account, refs)
    with pytest.raises(NotFound):
        await thread_changes.part(account + 1, refs)
    assert await db.fetch_value("SELECT COUNT(DISTINCT thread_id) FROM message") == 1
