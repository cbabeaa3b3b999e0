"""What goes from mailboxes by itself, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM, for_user
from backend.directory.setting_key import Level
from backend.directory.types import User
from backend.kit import clock, db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound
from backend.kit.runtime import Runtime
from backend.mailstore import cleanup, flags, ingest, mailbox_removal, mailboxes
from backend.mailstore.cleanup import DAY_S, Limits, Rule
from tests.backend.mailstore.messages import message
from tests.backend.mailstore.people import make_domain, make_user
from tests.support.api import ask

NOW = 1_800_000_000


@pytest.fixture
async def alice(any_rt: Runtime) -> User:
    return await make_user(await make_domain(), "alice@example.test")


@pytest.fixture(autouse=True)
def at_now() -> Iterator[None]:
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(None)


async def fill(user: User, mailbox: str | int, *ages: int) -> list[int]:
    """Messages that came so many days ago; their refs."""
    refs = []
    for age in ages:
        clock.set_source(partial(float, NOW - age * DAY_S))
        refs.append((await ingest.store(message(str(age)), user.id, mailbox)).ref)
    clock.set_source(lambda: NOW)
    return refs


async def left(user: User) -> dict[str, int]:
    rows = [row for row in await mailboxes.list_mailboxes(user.id) if row.exists]
    return {row.name: row.exists for row in rows}


async def test_the_old_go_to_trash_but_not_what_is_starred(alice: User) -> None:
    folder = await mailboxes.create(alice.id, "News")
    refs = await fill(alice, folder.id, 40, 35, 31, 10)
    await flags.store_refs(alice.id, refs[:1], add=flags.FLAGGED)
    rule = Rule(folder.id, Limits(max_age_days=30))

    await cleanup.put(alice.id, rule)
    assert len(await cleanup.due(alice.id, folder.id, rule.limits)) == 2
    assert await cleanup.clean_all() == 2
    assert await cleanup.clean_all() == 0

    assert await left(alice) == {"News": 2, "Trash": 2}


async def test_the_newest_stay_and_the_rest_goes_for_good(alice: User) -> None:
    folder = await mailboxes.create(alice.id, "News")
    await fill(alice, folder.id, 5, 4, 3, 2, 1)

    await cleanup.put(alice.id, Rule(folder.id, Limits(max_age_days=4, keep_newest=2), is_forever=True))
    assert await cleanup.clean_all() == 3

    assert await left(alice) == {"News": 2}
    dates = await db.fetch_rows("SELECT internal_at FROM message ORDER BY internal_at")
    assert [row[0] for row in dates] == [NOW - 2 * DAY_S, NOW - DAY_S]


async def test_trash_and_junk_keep_for_the_days_of_the_settings(alice: User) -> None:
    await fill(alice, "trash", 20, 5)
    await fill(alice, "junk", 20, 5)
    assert await cleanup.clean_all() == 0

    await settings.set_value(SYSTEM, "cleanup.trash_days", Level.DOMAIN, alice.domain_id, 10)
    assert await cleanup.clean_all() == 1
    await settings.set_ceiling(SYSTEM, "cleanup.junk_days", Level.SYSTEM, 0, 4)
    with pytest.raises(LimitExceeded):
        await settings.set_value(for_user(alice), "cleanup.junk_days", Level.USER, alice.id, 9)
    assert await cleanup.clean_all() == 2

    assert await left(alice) == {"Trash": 1}


async def test_a_rule_goes_with_its_mailbox(alice: User) -> None:
    folder = await mailboxes.create(alice.id, "News")
    await cleanup.put(alice.id, Rule(folder.id, Limits(1)))
    await mailbox_removal.delete(alice.id, "News")

    assert await cleanup.rules_of(alice.id) == []
    assert await cleanup.clean_all() == 0
    assert await db.fetch_value("SELECT COUNT(*) FROM folder_cleanup") == 0


async def test_what_no_rule_is(alice: User) -> None:
    folder = await mailboxes.create(alice.id, "News")
    trash = await mailboxes.by_use(alice.id, "trash")

    for rule in (Rule(folder.id, Limits()), Rule(folder.id, Limits(0)), Rule(folder.id, Limits(None, 0))):
        with pytest.raises(InvalidSyntax):
            await cleanup.put(alice.id, rule)
    with pytest.raises(InvalidSyntax):
        await cleanup.put(alice.id, Rule(trash.id, Limits(1)))
    with pytest.raises(NotFound):
        await cleanup.put(alice.id + 1, Rule(folder.id, Limits(1)))


async def test_rules_over_graphql_are_the_users_own(alice: User) -> None:
    me, folder = for_user(alice), await mailboxes.create(alice.id, "News")
    bob = for_user(await make_user(alice.domain_id, "bob@example.test"))
    await fill(alice, folder.id, 3, 2, 1)
    chosen = "mailboxId maxAgeDays keepNewest isForever"
    put = (
        "mutation ($id: ID!, $days: Int)"
        f" {{ setFolderCleanup(mailboxId: $id, maxAgeDays: $days) {{ {chosen} }} }}"
    )
    preview = "query ($id: ID!, $n: Int) { cleanupPreview(mailboxId: $id, keepNewest: $n) }"
    remove = "mutation ($id: ID!) { removeFolderCleanup(mailboxId: $id) { mailboxId } }"
    box = str(folder.id)

    made = (await ask(put, me, id=box, days=7))["data"]["setFolderCleanup"]

    assert made == [{"mailboxId": box, "maxAgeDays": 7, "keepNewest": None, "isForever": False}]
    assert (await ask(preview, me, id=box, n=1))["data"] == {"cleanupPreview": 2}
    for document, variables in ((put, {"id": box, "days": 1}), (preview, {"id": box, "n": 1})):
        errors = (await ask(document, bob, **variables))["errors"]
        assert [error["extensions"]["code"] for error in errors] == ["NOT_FOUND"]
    await ask(remove, bob, id=box)
    assert len(await cleanup.rules_of(alice.id)) == 1
    assert (await ask(remove, me, id=box))["data"] == {"removeFolderCleanup": []}
