"""Users with their accounts: made in one piece, counted, set up for the first time."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory import administrators, domains, settings, users
from backend.directory.authentication import verify_password
from backend.directory.principal import SYSTEM
from backend.directory.roles import Role
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from backend.kit.runtime import Runtime
from backend.mailstore import ingest, mailboxes
from backend.operations import accounts

PASSWORD = "violet-anchor-73"
MESSAGE = b"From: a@b.test\r\nTo: ada@example.test\r\nSubject: Hello\r\n\r\nGood morning\r\n"
SET_UP = {
    "admin_name": "root",
    "admin_password": "violet-anchor-73",
    "domain": "example.test",
    "user_localpart": "ada",
    "user_name": "Ada Byron",
    "user_password": "another-anchor-74",
}


async def tables_are_empty() -> bool:
    names = ("administrator", "domain", "user_account", "account", "mailbox", "audit_entry")
    return not any([await db.fetch_value(f"SELECT count(*) FROM {name}") for name in names])


async def test_user_has_standard_mailboxes_from_the_start(any_rt: Runtime) -> None:
    await domains.add(SYSTEM, "example.test")

    user = await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD, name="Ada")

    names = [mailbox.name for mailbox in await mailboxes.list_mailboxes(user.id)]
    assert names == ["INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash"]
    assert (
        await verify_password("ada@example.test", PASSWORD, protocol="imap", remote_address="")
    ).id == user.id


async def test_refused_user_leaves_nothing(rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    await settings.set_value(SYSTEM, "domain.max_users", Level.DOMAIN, domain.id, 1)
    await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD)

    with pytest.raises(LimitExceeded):
        await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD)

    assert await db.fetch_value("SELECT count(*) FROM account") == 1


async def test_last_place_is_taken_once(any_rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "example.test")
    await settings.set_value(SYSTEM, "domain.max_users", Level.DOMAIN, domain.id, 2)

    made = await asyncio.gather(
        *(accounts.add_user(SYSTEM, f"u{number}@example.test", PASSWORD) for number in range(5)),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in made].count(LimitExceeded) == 3
    assert await domains.count_users([domain.id]) == {domain.id: 2}


async def test_usage_of_users_and_domains(rt: Runtime) -> None:
    domain, empty = await domains.add(SYSTEM, "example.test"), await domains.add(SYSTEM, "empty.test")
    ada = await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD)
    bob = await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD)
    await ingest.store(MESSAGE, ada.id, "inbox")

    used = (await accounts.usage_of_users([ada.id, bob.id, 5]))[ada.id]

    assert (used.users, used.message_count) == (1, 1)
    assert used.used_bytes >= len(MESSAGE)
    assert (await accounts.usage_of_users([bob.id]))[bob.id] == accounts.Usage(1, 0, 0)
    assert await accounts.usage_of_domains([domain.id, empty.id]) == {
        domain.id: accounts.Usage(2, used.used_bytes, 1),
        empty.id: accounts.Usage(),
    }
    assert await accounts.usage_of_system() == accounts.Usage(2, used.used_bytes, 1)


async def test_first_set_up_makes_everything_at_once(any_rt: Runtime) -> None:
    assert not await accounts.is_set_up()

    made = await accounts.bootstrap(**SET_UP, remote_address="192.0.2.1")

    assert await accounts.is_set_up()
    assert (made.administrator.name, made.domain.name) == ("root", "example.test")
    assert (made.user.address, made.user.name, made.user.is_primary) == (
        "ada@example.test",
        "Ada Byron",
        True,
    )
    assert len(await mailboxes.list_mailboxes(made.user.id)) == 6
    root = await verify_password("root", "violet-anchor-73", protocol="web", remote_address="")
    ada = await verify_password("ada@example.test", "another-anchor-74", protocol="imap", remote_address="")
    assert (root.role, ada.role) == (Role.SYSTEM_ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR)
    addresses = {row[0] for row in await db.fetch_rows("SELECT remote_address FROM audit_entry")}
    assert addresses == {"192.0.2.1"}


async def test_second_set_up_is_refused(rt: Runtime) -> None:
    await administrators.add(SYSTEM, "root", PASSWORD)

    with pytest.raises(Conflict):
        await accounts.bootstrap(**SET_UP)

    assert await db.fetch_value("SELECT count(*) FROM domain") == 0


async def test_two_set_ups_at_the_same_moment_make_one(any_rt: Runtime) -> None:
    outcomes = await asyncio.gather(
        accounts.bootstrap(**SET_UP),
        accounts.bootstrap(**{**SET_UP, "admin_name": "mallory", "domain": "other.test"}),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes].count(Conflict) == 1
    for table in ("administrator", "domain", "user_account"):
        assert await db.fetch_value(f"SELECT count(*) FROM {table}") == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"admin_password": "short"}, "administratorPassword"),
        ({"user_password": "password123"}, "userPassword"),
        ({"user_password": "violet-anchor-73"}, "userPassword"),
        ({"user_password": "Ada.Byron.2024"}, "userPassword"),
        ({"domain": "localhost"}, "domain"),
        ({"user_localpart": "a+b"}, "localpart"),
        ({"user_localpart": ""}, "address"),
        ({"admin_name": "root@example.test"}, "name"),
        ({"user_name": "x" * 300}, "name"),
    ],
)
async def test_wrong_wish_names_its_field_and_makes_nothing(
    rt: Runtime, change: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await accounts.bootstrap(**{**SET_UP, **change})

    assert refusal.value.field == field
    assert await tables_are_empty()


async def test_user_of_no_domain(rt: Runtime) -> None:
    with pytest.raises(NotFound):
        await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD)
    assert await users.find_row(db.database(), 1) is None
