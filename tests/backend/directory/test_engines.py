"""The whole directory once on each engine: its SQL is the same for both."""

from __future__ import annotations

import pytest

from backend.directory import (
    administrators,
    aliases,
    api_keys,
    app_passwords,
    audit,
    domains,
    limits,
    sessions,
    settings,
    users,
)
from backend.directory.authentication import verify_password
from backend.directory.principal import SYSTEM
from backend.directory.resolve import Expansion, LocalUser, Unknown, resolve
from backend.directory.roles import Role
from backend.directory.setting_key import GIB, Level
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import Conflict, LimitExceeded, Unauthenticated
from backend.kit.runtime import Runtime
from tests.backend.directory.test_scram import prove

PASSWORD = "violet-anchor-73"


async def add(address: str, role: Role = Role.USER) -> int:
    new = await users.prepare(SYSTEM, address, PASSWORD, role=role)
    return (await db.write(lambda tx: users.insert(tx, SYSTEM, new))).id


async def test_walk_through_the_directory(any_rt: Runtime) -> None:
    root = await administrators.add(SYSTEM, "root", PASSWORD)
    domain = await domains.add(SYSTEM, "example.test")
    boss = await add("boss@example.test", role=Role.DOMAIN_ADMINISTRATOR)
    ada = await add("ada@example.test")
    with pytest.raises(Conflict):
        await domains.add(SYSTEM, "example.test")
    with pytest.raises(Conflict):
        await administrators.remove(SYSTEM, root.id)

    principal = await verify_password("ada@example.test", PASSWORD, protocol="imap", remote_address="")
    assert principal.user_id == ada
    assert (await users.get(SYSTEM, ada)).last_sign_in_at is not None
    token, opened = await sessions.create(principal, remote_address="192.0.2.1")
    assert await sessions.find(token) == opened.through(opened.session_id, "")
    assert [session.id for session in await sessions.list_own(opened)] == [opened.session_id]
    key, _ = await api_keys.create(opened, "key")
    assert await api_keys.find(key) is not None
    assert len(await api_keys.list_own(opened)) == 1

    await settings.set_value(SYSTEM, "domain.disk_bytes", Level.DOMAIN, domain.id, 3 * GIB)
    await settings.set_ceiling(SYSTEM, "mailbox.quota_bytes", Level.SYSTEM, 0, 2 * GIB)
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, ada, 2 * GIB)
    with pytest.raises(LimitExceeded):
        await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, boss, 2 * GIB)
    assert await limits.delivery_quota(ada) == 2 * GIB
    await settings.set_value(SYSTEM, "domain.max_users", Level.DOMAIN, domain.id, 2)
    with pytest.raises(LimitExceeded):
        await add("third@example.test")

    alias = await aliases.add(SYSTEM, domain.id, "info", ["ada@example.test"])
    await aliases.update(SYSTEM, alias.id, targets=["x@elsewhere.test"])
    assert isinstance(await resolve(Address("info", "example.test")), Expansion)
    assert isinstance(await resolve(Address("postmaster", "example.test")), LocalUser)
    await aliases.remove(SYSTEM, alias.id)
    assert await resolve(Address("info", "example.test")) == Unknown(domain.id)

    assert [user.localpart for user in (await users.list_page(SYSTEM, domain.id, search="AD")).items] == [
        "ada"
    ]
    assert (await aliases.list_page(SYSTEM, domain.id, search="x@")).total == 0
    assert [found.name for found in (await domains.list_page(SYSTEM, search="EXAM")).items] == [
        "example.test"
    ]
    assert await domains.count_users([domain.id]) == {domain.id: 2}

    await users.set_primary(SYSTEM, ada)
    await users.set_password(SYSTEM, ada, "another-anchor-74")
    assert await sessions.find(token) is None
    for user_id in (ada, boss):
        user = await users.begin_removal(SYSTEM, user_id)
        await db.write(lambda tx, user=user: users.delete(tx, SYSTEM, user))  # type: ignore[misc]  # bound now
    await domains.remove(SYSTEM, domain.id)
    assert await sessions.delete_expired() == 0
    assert (await audit.list_entries(SYSTEM, limit=1))[0].action == "domain.remove"
    assert await db.fetch_value("SELECT count(*) FROM setting") == 1


async def test_walk_through_the_ways_to_sign_in(any_rt: Runtime) -> None:
    await domains.add(SYSTEM, "example.test")
    ada = await add("ada@example.test")
    assert (await prove()).principal.user_id == ada
    await users.set_password(SYSTEM, ada, "another-anchor-74")
    with pytest.raises(Unauthenticated):
        await prove()
    await db.write(lambda tx: tx.execute("DELETE FROM scram_key"))
    await verify_password("ada@example.test", "another-anchor-74", protocol="imap", remote_address="")
    assert (await prove(password="another-anchor-74")).principal.user_id == ada
    for login in ("nobody@example.test", "a\0b", "\udcff"):
        with pytest.raises(Unauthenticated):
            await verify_password(login, PASSWORD, protocol="imap", remote_address="192.0.2.7")

    text, made = await app_passwords.create(SYSTEM, ada, "Phone")
    assert (await prove(password=text)).principal.session_id == made.id
    used = await verify_password("ada@example.test", text, protocol="imap", remote_address="192.0.2.1")
    assert used.session_id == made.id
    assert [one.used_from for one in await app_passwords.list_of(SYSTEM, ada)] == ["192.0.2.1"]
    await app_passwords.revoke(SYSTEM, ada, made.id)
    with pytest.raises(Unauthenticated):
        await prove(password=text)
    text, _ = await app_passwords.create(SYSTEM, ada, "Tablet")
    user = await users.get(SYSTEM, ada)
    await db.write(lambda tx: users.delete(tx, SYSTEM, user))
    assert await db.fetch_value("SELECT count(*) FROM app_password") == 0
    assert await db.fetch_value("SELECT count(*) FROM scram_key") == 0
