"""Suggestions of recipients: ranked by use, found by any word, removed on wish, quick in a long history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.directory import aliases, lists
from backend.directory.principal import SYSTEM
from backend.formats.addresses import Mailbox
from backend.kit import db
from backend.submission import correspondents, drafts, submit, suggestions
from backend.submission.draft_content import DraftContent
from tests.backend.submission.conftest import add_account
from tests.support.clocks import Clock, standing

DOMAIN = 7
DAY = 86_400
AMARA = Mailbox("Amara Okafor", "amara", "north.example")
AMIR = Mailbox("Amir Haddad", "a.haddad", "south.example")


@pytest.fixture
def time() -> Iterator[Clock]:
    """Time, moved by hand."""
    with standing() as made:
        yield made


async def suggested(account_id: int, text: str, limit: int = 8) -> list[tuple[str, str]]:
    found = await suggestions.find(account_id, DOMAIN, text, limit=limit)
    return [(one.address, one.source) for one in found]


async def test_who_is_written_to_more_and_lately_comes_first(maren: int, time: Clock) -> None:
    for _ in range(3):
        await correspondents.note(maren, [AMARA])
    time.advance(400 * DAY)
    await correspondents.note(maren, [AMIR])

    assert await suggested(maren, "am") == [
        ("a.haddad@south.example", "history"),
        ("amara@north.example", "history"),
    ]


async def test_every_word_typed_begins_a_word_of_name_address_or_domain(maren: int) -> None:
    await correspondents.note(maren, [AMARA, AMIR])

    for text in ("oka", "Okafor am", "amara@n", "north", "AMARA OKAFOR"):
        assert await suggested(maren, text) == [("amara@north.example", "history")], text
    for text in ("mara", "okafor x", "%", "_", " "):
        assert await suggested(maren, text) == [], text


async def test_sending_notes_recipients_with_their_names(maren: int) -> None:
    content = DraftContent(sender=Mailbox("", "maren", "example.test"), to=(AMARA,), bcc=(AMIR,), text="Hi")

    await submit.submit(maren, (await drafts.save(maren, content)).ref, hold_s=10)

    rows = await db.fetch_rows("SELECT address, name, uses FROM correspondent ORDER BY address")
    assert rows == [("a.haddad@south.example", "Amir Haddad", 1), ("amara@north.example", "Amara Okafor", 1)]


async def test_one_that_was_removed_comes_back_when_written_to_again(maren: int) -> None:
    await add_account("amelie", "Amélie Brandt")
    await correspondents.note(maren, [AMARA])

    await correspondents.hide(maren, "Amara@north.example")
    await correspondents.hide(maren, "amelie@example.test")
    assert await suggested(maren, "am") == []
    assert await suggested(maren, "amé") == []

    await correspondents.note(maren, [Mailbox("", "amara", "north.example")])
    assert await suggested(maren, "am") == [("amara@north.example", "history")]


async def test_the_directory_lists_and_groups_follow_and_are_of_the_own_domain(maren: int) -> None:
    await add_account("gardener", "Jonas Garden")
    await lists.add(SYSTEM, DOMAIN, "garden-news")
    await aliases.add(SYSTEM, DOMAIN, "garden-team", ["maren@example.test", "gardener@example.test"])
    await aliases.add(SYSTEM, DOMAIN, "garden-one", ["maren@example.test"])

    assert await suggested(maren, "garden") == [
        ("gardener@example.test", "directory"),
        ("garden-news@example.test", "list"),
        ("garden-team@example.test", "group"),
    ]
    assert await suggestions.find(maren, None, "garden", limit=8) == []


async def test_another_account_knows_nothing_of_it(maren: int) -> None:
    jonas = await add_account("jonas", "Jonas Weber")
    await correspondents.note(jonas, [AMARA])

    assert await suggested(maren, "am") == []


async def test_a_long_history_is_looked_up_by_its_indexes(maren: int) -> None:
    async def plan(sql: str) -> str:
        rows = await db.fetch_rows(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(row[3]) for row in rows)

    words = await plan(
        "SELECT c.address FROM correspondent_word w JOIN correspondent c ON c.id = w.correspondent_id"
        " WHERE w.account_id = 1 AND w.word >= 'a' AND w.word < 'g' AND c.used_at > 0 LIMIT 300"
    )
    recent = await plan(
        "SELECT address FROM correspondent WHERE account_id = 1 AND used_at > 0 ORDER BY used_at DESC LIMIT 9"
    )

    assert "account_id=? AND word>? AND word<?" in words
    assert "SCAN" not in words + recent
    assert "TEMP B-TREE" not in recent


async def test_whom_nobody_wrote_to_for_years_is_forgotten(maren: int, time: Clock) -> None:
    await correspondents.note(maren, [AMARA])
    await correspondents.hide(maren, "stays@away.example")
    time.advance(correspondents.KEEP_S + 1)

    assert await correspondents.expire() == 1

    assert await db.fetch_rows("SELECT address FROM correspondent") == [("stays@away.example",)]
    assert await db.fetch_value("SELECT COUNT(*) FROM correspondent_word") == 0
