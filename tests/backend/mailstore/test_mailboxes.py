"""Mailboxes: made, found, renamed, deleted."""

from __future__ import annotations

import pytest

from backend.kit import clock, db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound
from backend.mailstore import ingest, mailboxes, reader
from backend.mailstore.mailbox_names import normal
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message


async def names(account_id: int) -> list[str]:
    return [row.name for row in await mailboxes.list_mailboxes(account_id)]


async def test_a_new_account_has_inbox_and_one_mailbox_for_each_use(any_account: int) -> None:
    rows = await mailboxes.list_mailboxes(any_account)

    assert [(row.name, row.special_use) for row in rows] == [
        ("INBOX", ""),
        ("Archive", "archive"),
        ("Drafts", "drafts"),
        ("Junk", "junk"),
        ("Sent", "sent"),
        ("Trash", "trash"),
    ]
    assert len({row.uidvalidity for row in rows}) == 6
    assert all((row.exists, row.uidnext, row.is_subscribed) == (0, 1, 1) for row in rows)


async def test_making_the_standard_mailboxes_again_changes_nothing_that_is_there(account: int) -> None:
    before = await mailboxes.list_mailboxes(account)

    await db.write(lambda tx: mailboxes.create_standard(tx, account))

    assert await mailboxes.list_mailboxes(account) == before


async def test_inbox_is_found_in_any_case_and_others_are_not(account: int) -> None:
    assert (await mailboxes.get(account, "iNbOx")).name == "INBOX"
    with pytest.raises(NotFound):
        await mailboxes.get(account, "sent")


async def test_create_makes_the_parents_that_are_missing(account: int) -> None:
    row = await mailboxes.create(account, "Work/2026/July/")

    assert row.name == "Work/2026/July"
    assert [name for name in await names(account) if name.startswith("Work")] == [
        "Work",
        "Work/2026",
        "Work/2026/July",
    ]


async def test_create_refuses_what_is_there(account: int) -> None:
    before = await mailboxes.list_mailboxes(account)

    for name, use in (("Sent", ""), ("inbox", ""), ("Posted", "sent")):
        with pytest.raises(Conflict):
            await mailboxes.create(account, name, use)

    assert await mailboxes.list_mailboxes(account) == before


@pytest.mark.parametrize(
    "name", ["", "/", "a//b", "/a", "a\tb", "a\x7f", "\ud800", "x" * 256, "/".join("a" * 21), "a\u2028b"]
)
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(InvalidSyntax):
        normal(name)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("inbox", "INBOX"),
        ("Inbox/x", "INBOX/x"),
        ("inboxes", "inboxes"),
        ("e\u0301", "\u00e9"),
        ("100%/*", "100%/*"),
    ],
)
def test_names_in_their_stored_form(name: str, stored: str) -> None:
    assert normal(name) == stored


async def test_rename_takes_children_along_and_keeps_messages(any_account: int) -> None:
    child = await mailboxes.create(any_account, "Old/Sub")
    await mailboxes.create(any_account, "Older")
    done = await ingest.store(message(), any_account, child.id)

    await mailboxes.rename(any_account, "Old", "New/Place")

    found = await names(any_account)
    moved = await mailboxes.get(any_account, "New/Place/Sub")
    assert [name for name in found if name.startswith(("New", "Old"))] == [
        "New", "New/Place", "New/Place/Sub", "Older",
    ]  # fmt: skip
    assert (moved.id, moved.exists, moved.uidvalidity) == (child.id, 1, child.uidvalidity)
    assert await reader.read_message(any_account, done.ref) == message()


async def test_rename_refuses_a_taken_name_its_own_child_and_nothing(account: int) -> None:
    await mailboxes.create(account, "A/B")
    before = await mailboxes.list_mailboxes(account)

    for old, new in (("A", "Sent"), ("A", "A/B/C"), ("A", "inbox")):
        with pytest.raises(Conflict):
            await mailboxes.rename(account, old, new)
    with pytest.raises(NotFound):
        await mailboxes.rename(account, "Nowhere", "X")

    assert await mailboxes.list_mailboxes(account) == before


async def test_renaming_inbox_moves_its_messages_and_keeps_it(account: int) -> None:
    await mailboxes.create(account, "INBOX/Child")
    done = await ingest.store(message(), account, "inbox")

    target = await mailboxes.rename(account, "INBOX", "Kept")

    inbox = await mailboxes.by_use(account, "inbox")
    assert (inbox.exists, target.exists, inbox.uidnext) == (0, 1, 2)
    assert "INBOX/Child" in await names(account)
    assert (await reader.stored(account, done.ref)).mailbox_id == target.id
    await assert_consistent()


async def test_delete_removes_messages_and_gives_back_their_space(any_account: int) -> None:
    row = await mailboxes.create(any_account, "Gone")
    for _ in range(3):
        await ingest.store(message(), any_account, row.id)

    await mailboxes.delete(any_account, "Gone")

    with pytest.raises(NotFound):
        await mailboxes.by_id(any_account, row.id)
    assert await db.fetch_value("SELECT COUNT(*) FROM message") == 0
    for table in ("expunged", "flag_log"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
    await assert_consistent()


async def test_delete_refuses_inbox_and_mailboxes_with_children(account: int) -> None:
    await mailboxes.create(account, "A/B")

    for name in ("inbox", "A"):
        with pytest.raises(Conflict):
            await mailboxes.delete(account, name)

    assert {"INBOX", "A", "A/B"} <= set(await names(account))


async def test_a_mailbox_made_again_in_the_same_second_has_a_greater_uidvalidity(any_account: int) -> None:
    clock.set_source(lambda: 1_800_000_000.0)
    try:
        seen = []
        for _ in range(3):
            row = await mailboxes.create(any_account, "Again")
            seen.append((row.uidvalidity, row.id))
            await mailboxes.delete(any_account, "Again")
    finally:
        clock.set_source(None)

    assert seen[0][0] == 1_800_000_000
    assert seen == sorted(set(seen))
    assert len({identifier for _, identifier in seen}) == 3


async def test_subscriptions_are_kept(account: int) -> None:
    await mailboxes.subscribe(account, "Junk", False)

    row = await mailboxes.get(account, "Junk")
    assert row.is_subscribed == 0
    with pytest.raises(NotFound):
        await mailboxes.subscribe(account, "Nowhere", True)
