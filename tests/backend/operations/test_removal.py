"""Removing users and domains: everything of theirs goes, nothing of others."""

from __future__ import annotations

import pytest

from backend.directory import aliases, domains, sessions, settings, users
from backend.directory.authentication import verify_password
from backend.directory.principal import SYSTEM, for_user
from backend.directory.resolve import Unknown, resolve
from backend.directory.roles import Role
from backend.directory.setting_key import GIB, Level
from backend.directory.types import Domain, User
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import NotFound, PermissionDenied, Unauthenticated
from backend.kit.runtime import Runtime
from backend.mailstore import expunge, ingest, mailboxes
from backend.operations import accounts, removal
from backend.rules import senders
from backend.rules.senders import Standing

PASSWORD = "violet-anchor-73"


def message(number: int) -> bytes:
    return (
        f"From: a@b.test\r\nMessage-ID: <{number}@b.test>\r\nSubject: No. {number}\r\n\r\nText\r\n".encode()
    )


@pytest.fixture
async def domain(any_rt: Runtime) -> Domain:
    return await domains.add(SYSTEM, "example.test")


@pytest.fixture
async def ada(domain: Domain) -> User:
    user = await accounts.add_user(SYSTEM, "ada@example.test", PASSWORD)
    await mailboxes.create(user.id, "Projects/2026")
    for number in range(5):
        await ingest.store(message(number), user.id, "inbox")
    await expunge.empty(user.id, (await mailboxes.get(user.id, "INBOX")).id)
    for number in range(7):
        await ingest.store(message(number), user.id, "inbox" if number % 2 else "sent")
    await senders.put(user.id, Standing.TRUSTED, "a@b.test")
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, user.id, GIB)
    await sessions.create(for_user(user), remote_address="")
    return user


async def count(table: str, column: str, value: int) -> int:
    return int(await db.fetch_value(f"SELECT count(*) FROM {table} WHERE {column} = ?", value))


async def test_removed_user_leaves_nothing(ada: User) -> None:
    await removal.remove_user(SYSTEM, ada.id)

    for table in ("message", "mailbox", "thread_key", "trusted_sender", "upload", "submission"):
        assert await count(table, "account_id", ada.id) == 0, table
    assert await count("account", "id", ada.id) == 0
    assert await count("setting", "target_id", ada.id) == 0
    assert await count("session", "subject_id", ada.id) == 0
    assert await db.fetch_value("SELECT count(*) FROM expunged") == 0
    assert await resolve(Address("ada", "example.test")) == Unknown(ada.domain_id)
    with pytest.raises(Unauthenticated):
        await verify_password("ada@example.test", PASSWORD, protocol="imap", remote_address="")


async def test_mail_of_others_stays(ada: User) -> None:
    bob = await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD)
    await ingest.store(message(1), bob.id, "inbox")

    await removal.remove_user(SYSTEM, ada.id)

    assert await count("message", "account_id", bob.id) == 1
    assert (await mailboxes.get(bob.id, "INBOX")).exists == 1
    assert len(await mailboxes.list_mailboxes(bob.id)) == 6


async def test_stopped_removal_is_ended_by_the_next(ada: User) -> None:
    await users.begin_removal(SYSTEM, ada.id)
    await removal._empty_mailboxes(ada.id)

    await removal.remove_user(SYSTEM, ada.id)

    with pytest.raises(NotFound):
        await users.get(SYSTEM, ada.id)


async def test_mail_that_comes_in_meanwhile_goes_too(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = removal._empty_mailboxes
    rounds: list[int] = []

    async def slow(account_id: int) -> None:
        await empty(account_id)
        rounds.append(account_id)
        if len(rounds) == 1:
            await ingest.store(message(99), account_id, "inbox")

    monkeypatch.setattr(removal, "_empty_mailboxes", slow)

    await removal.remove_user(SYSTEM, ada.id)

    assert len(rounds) == 2
    assert await count("message", "account_id", ada.id) == 0


async def test_refused_removal_changes_nothing(ada: User) -> None:
    stranger = for_user(await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD))

    with pytest.raises(PermissionDenied):
        await removal.remove_user(stranger, ada.id)

    assert (await users.get(SYSTEM, ada.id)).is_enabled
    assert await count("message", "account_id", ada.id) == 7


async def test_domain_goes_with_its_users(ada: User, domain: Domain) -> None:
    await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD, role=Role.DOMAIN_ADMINISTRATOR)
    await aliases.add(SYSTEM, domain.id, "info", ["ada@example.test"])

    assert await removal.remove_domain(SYSTEM, domain.id) == 2

    for table in ("domain", "user_account", "account", "mailbox", "message", "alias", "session"):
        assert await db.fetch_value(f"SELECT count(*) FROM {table}") == 0, table


async def test_domain_is_removed_by_the_system_only(ada: User, domain: Domain) -> None:
    admin = for_user(
        await accounts.add_user(SYSTEM, "bob@example.test", PASSWORD, role=Role.DOMAIN_ADMINISTRATOR)
    )

    with pytest.raises(PermissionDenied):
        await removal.remove_domain(admin, domain.id)

    assert (await domains.get(SYSTEM, domain.id)).is_enabled
