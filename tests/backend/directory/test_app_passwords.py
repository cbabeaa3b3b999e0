"""App passwords: made, limited, used, revoked."""

from __future__ import annotations

import pytest

from backend.directory import app_passwords, audit, domains, users
from backend.directory.app_passwords import MailProtocol
from backend.directory.authentication import verify_password
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.roles import Permission
from backend.directory.types import User
from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied, Unauthenticated
from backend.kit.runtime import Runtime
from tests.backend.directory.test_scram import prove

LOGIN, PASSWORD = "ada@example.test", "violet-anchor-73"


async def add(login: str) -> User:
    new = await users.prepare(SYSTEM, login, PASSWORD)
    return await db.write(lambda tx: users.insert(tx, SYSTEM, new))


@pytest.fixture
async def ada(rt: Runtime) -> User:
    await domains.add(SYSTEM, "example.test")
    return await add(LOGIN)


async def sign_in(password: str, protocol: str = "imap", login: str = LOGIN) -> Principal:
    return await verify_password(login, password, protocol=protocol, remote_address="192.0.2.1")


async def test_an_app_password_opens_the_mailbox_and_nothing_else(ada: User) -> None:
    text, made = await app_passwords.create(for_user(ada), ada.id, "  Phone  of Ada ")

    principal = await sign_in(text)

    assert (principal.user_id, principal.session_id) == (ada.id, made.id)
    assert principal.permissions == {Permission.MAIL_USE}
    assert (await prove(password=text, protocol="smtp")).principal.session_id == made.id
    with pytest.raises(Unauthenticated):
        await sign_in(text, "web")
    assert (await sign_in(PASSWORD)).session_id is None
    assert (await prove()).principal.session_id is None


async def test_only_its_hash_and_use_are_kept(ada: User) -> None:
    text, made = await app_passwords.create(for_user(ada), ada.id, "Phone")
    assert text not in str(await db.fetch_rows("SELECT * FROM app_password"))
    assert text not in str(await audit.list_entries(SYSTEM))
    assert made.used_at is None

    await sign_in(text)

    (shown,) = await app_passwords.list_of(for_user(ada), ada.id)
    assert (shown.label, shown.used_from) == ("Phone", "192.0.2.1")
    assert shown.used_at is not None


async def test_it_is_limited_to_its_protocols(ada: User) -> None:
    text, _ = await app_passwords.create(for_user(ada), ada.id, "Scanner", {MailProtocol.SMTP})

    assert (await sign_in(text, "smtp")).user_id == ada.id
    with pytest.raises(Unauthenticated):
        await sign_in(text, "imap")
    with pytest.raises(Unauthenticated):
        await prove(password=text, protocol="imap")


async def test_it_opens_nobody_elses_mailbox(ada: User) -> None:
    await add("bob@example.test")
    text, _ = await app_passwords.create(for_user(ada), ada.id, "Phone")

    with pytest.raises(Unauthenticated):
        await sign_in(text, login="bob@example.test")
    with pytest.raises(Unauthenticated):
        await sign_in(text, login="nobody@example.test")


async def test_revoked_it_is_worth_nothing(ada: User) -> None:
    text, made = await app_passwords.create(for_user(ada), ada.id, "Phone")
    await sign_in(text)

    assert (await app_passwords.revoke(for_user(ada), ada.id, made.id)).label == "Phone"

    for attempt in (sign_in(text), prove(password=text)):
        with pytest.raises(Unauthenticated):
            await attempt
    with pytest.raises(NotFound):
        await app_passwords.revoke(for_user(ada), ada.id, made.id)
    actions = [entry.action for entry in await audit.list_entries(SYSTEM)]
    assert actions[:2] == ["app_password.revoke", "app_password.create"]


async def test_a_disabled_user_does_not_come_by_one(ada: User) -> None:
    text, _ = await app_passwords.create(for_user(ada), ada.id, "Phone")
    await users.update(SYSTEM, ada.id, is_enabled=False)

    for attempt in (sign_in(text), prove(password=text)):
        with pytest.raises(Unauthenticated):
            await attempt


async def test_a_new_password_leaves_it_and_a_removed_user_takes_it_along(ada: User) -> None:
    text, _ = await app_passwords.create(for_user(ada), ada.id, "Phone")

    await users.set_password(SYSTEM, ada.id, "another-anchor-74")
    assert (await prove(password=text)).principal.user_id == ada.id
    assert (await prove(password="another-anchor-74")).principal.user_id == ada.id

    await db.write(lambda tx: users.delete(tx, SYSTEM, ada))
    assert await db.fetch_value("SELECT count(*) FROM app_password") == 0
    assert await db.fetch_value("SELECT count(*) FROM scram_key") == 0


async def test_who_may_make_one(ada: User) -> None:
    bob = await add("bob@example.test")
    text, _ = await app_passwords.create(for_user(ada), ada.id, "Phone")
    by_app_password = await sign_in(text)

    for actor in (for_user(bob), by_app_password, for_user(ada).restricted_to(frozenset())):
        with pytest.raises(PermissionDenied):
            await app_passwords.create(actor, ada.id, "More")
    assert (await app_passwords.create(SYSTEM, ada.id, "By command"))[1].user_id == ada.id
    with pytest.raises(NotFound):
        await app_passwords.create(SYSTEM, 1, "Nobody's")


async def test_what_is_no_app_password(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    me = for_user(ada)
    for label in ("", "x" * 101):
        with pytest.raises(InvalidSyntax):
            await app_passwords.create(me, ada.id, label)
    with pytest.raises(InvalidSyntax):
        await app_passwords.create(me, ada.id, "Phone", ())
    monkeypatch.setattr(app_passwords, "MOST", 1)
    await app_passwords.create(me, ada.id, "Phone")
    with pytest.raises(LimitExceeded):
        await app_passwords.create(me, ada.id, "Another")
