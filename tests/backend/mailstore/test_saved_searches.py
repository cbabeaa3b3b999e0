"""Saved searches that name mailboxes."""

from __future__ import annotations

import pytest

from backend.kit.errors import Conflict
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes, saved_searches, web_search
from tests.backend.mailstore.conftest import make_account
from tests.backend.mailstore.messages import message


async def queries(account_id: int) -> dict[str, str]:
    return {one.name: one.query for one in await saved_searches.of_account(account_id)}


async def test_a_saved_search_follows_a_renamed_mailbox_and_those_below(any_account: int) -> None:
    await mailboxes.create(any_account, "Work/Bills")
    await ingest.store(message(), any_account, (await mailboxes.get(any_account, "Work/Bills")).id)
    await saved_searches.save(any_account, "Work", "in:work is:unread")
    await saved_searches.save(any_account, "Bills", 'subject:x OR IN:"Work/Bills"')
    await saved_searches.save(any_account, "Inside", "hello work")

    await mailboxes.rename(any_account, "Work", "Old things/At work")

    kept = await queries(any_account)
    assert kept == {
        "Work": 'in:"Old things/At work" is:unread',
        "Bills": 'subject:x OR in:"Old things/At work/Bills"',
        "Inside": "hello work",
    }
    assert (await web_search.search(any_account, kept["Bills"])).total == 1


@pytest.mark.parametrize(
    ("query", "followed"),
    [
        ("in:Work", "in:Play/Job"),
        ("-in:work x", "-in:Play/Job x"),
        ("in:(Work OR Drafts) x", "in:(Play/Job OR Drafts) x"),
        ("{in:Work is:unread} -(in:work)", "{in:Play/Job is:unread} -(in:Play/Job)"),
        ("in:“Work” x", "in:Play/Job x"),
        # By the last part of its name, which stays.
        ("in:Bills", "in:Bills"),
        ("in:Work/Bills", "in:Play/Job/Bills"),
        # What names nothing, something else, or is no name.
        ("in:Wor", "in:Wor"),
        ("in:Job", "in:Job"),
        ("in:inbox tag:Work", "in:inbox tag:Work"),
        ('"in:Work" work', '"in:Work" work'),
        ("in:anywhere from:work", "in:anywhere from:work"),
    ],
)
async def test_only_what_names_the_mailbox_changes(account: int, query: str, followed: str) -> None:
    await mailboxes.create(account, "Work/Bills")
    await saved_searches.save(account, "One", query)

    await mailboxes.rename(account, "Work", "Play/Job")

    assert (await queries(account))["One"] == followed


async def test_a_name_that_was_meant_by_its_last_part_is_told_from_another(account: int) -> None:
    for name in ("A/Bills", "B/Bills"):
        await mailboxes.create(account, name)
    await saved_searches.save(account, "Both", "-in:bills x")
    await saved_searches.save(account, "Group", "in:(bills OR inbox)")

    await mailboxes.rename(account, "A/Bills", "A/Paid bills")

    assert await queries(account) == {
        "Both": '-in:{"A/Paid bills" B/Bills} x',
        "Group": 'in:({"A/Paid bills" B/Bills} OR inbox)',
    }


@pytest.mark.parametrize("name", ['six " inches', "Anywhere", "x" * 250 + "/" + "y" * 250])
async def test_a_search_stays_where_the_new_name_cannot_be_typed(account: int, name: str) -> None:
    await mailboxes.create(account, "Work")
    await saved_searches.save(account, "One", "in:Work")

    await mailboxes.rename(account, "Work", name)

    assert await queries(account) == {"One": "in:Work"}


@pytest.mark.parametrize("name", ["-5", "OR", "a|b", "a:b", "is:unread", "a (b)"])
async def test_a_name_that_reads_like_a_sign_is_quoted(account: int, name: str) -> None:
    await mailboxes.create(account, "Work")
    await saved_searches.save(account, "One", "in:(Work OR inbox)")

    await mailboxes.rename(account, "Work", name)

    assert await queries(account) == {"One": f'in:("{name}" OR inbox)'}


async def test_a_mailbox_with_a_use_is_named_by_it_whatever_it_is_called(account: int) -> None:
    await saved_searches.save(account, "One", "in:sent")

    await mailboxes.rename(account, "Sent", "Gesendet")

    assert await queries(account) == {"One": "in:sent"}


async def test_a_search_stays_where_the_renaming_is_refused_and_with_its_owner(
    rt: Runtime,
) -> None:
    account, another_account = await make_account(rt), await make_account(rt)
    for one in (account, another_account):
        await mailboxes.create(one, "Work")
        await mailboxes.create(one, "Play")
        await saved_searches.save(one, "One", "in:Work")

    with pytest.raises(Conflict):
        await mailboxes.rename(account, "Work", "Play")
    await mailboxes.rename(another_account, "Work", "Job")

    assert await queries(account) == {"One": "in:Work"}
    assert await queries(another_account) == {"One": "in:Job"}
