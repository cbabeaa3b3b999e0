"""Users: who may make, see, change and remove whom, and what is written about it."""

from __future__ import annotations

import json

import pytest

from backend.directory import aliases, sessions, settings, users
from backend.directory.principal import SYSTEM, for_user
from backend.directory.roles import MATRIX, OF_USERS, Role
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from schema.events import Event, SessionRevoked, UserChanged

PASSWORD = "violet-anchor-73"
ADMIN = Role.DOMAIN_ADMINISTRATOR


async def test_user_is_stored_folded_and_without_the_password(world, add_user, last_audit) -> None:
    user = await add_user("  Grace.Hopper@EXAMPLE.test ", name=" Grace   Hopper ")

    assert (user.address, user.name) == ("grace.hopper@example.test", "Grace Hopper")
    actor, action, subject, detail = await last_audit()
    assert (actor, action, subject) == ("system", "user.add", "grace.hopper@example.test")
    assert PASSWORD not in detail
    assert json.loads(detail) == {"name": "Grace Hopper", "role": "USER", "is_primary": False}


@pytest.mark.parametrize(
    "address", ["ada", "ada+x@example.test", "*@example.test", '"a b"@example.test', "a/b@example.test"]
)
async def test_addresses_that_are_no_mailbox_are_refused(world, add_user, address: str) -> None:
    with pytest.raises(InvalidSyntax):
        await add_user(address)


async def test_address_is_given_once(world, add_user) -> None:
    await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])

    for address in ("ADA@example.test", "info@example.test"):
        with pytest.raises(Conflict):
            await add_user(address)


async def test_unknown_and_foreign_domains_are_answered_alike(world, add_user) -> None:
    for address in ("x@nowhere.test", "x@other.test"):
        with pytest.raises(NotFound, match="There is no domain"):
            await add_user(address, actor=world.as_primary)


async def test_first_administrator_of_a_domain_is_primary(world) -> None:
    assert (world.primary.role, world.primary.is_primary) == (ADMIN, True)
    assert (world.deputy.role, world.deputy.is_primary) == (ADMIN, False)


async def test_only_the_primary_makes_administrators(world, add_user) -> None:
    with pytest.raises(PermissionDenied):
        await add_user("x@example.test", actor=world.as_deputy, role=ADMIN)
    with pytest.raises(PermissionDenied):
        await users.update(world.as_deputy, world.ada.id, role=ADMIN)
    assert (await users.get(SYSTEM, world.ada.id)).role is Role.USER

    assert (await add_user("y@example.test", actor=world.as_primary, role=ADMIN)).role is ADMIN
    assert (await users.update(world.as_primary, world.ada.id, role=ADMIN)).role is ADMIN


async def test_user_creator_makes_users_and_changes_none(world, add_user) -> None:
    creator = for_user(world.ada).restricted_to(frozenset())
    creator = type(creator)(
        **{
            **{f: getattr(creator, f) for f in creator.__slots__},
            "permissions": MATRIX[Role.USER_CREATOR],
            "role": Role.USER_CREATOR,
        }
    )

    user = await add_user("new@example.test", actor=creator)

    for forbidden in (
        users.update(creator, user.id, name="X"),
        users.set_password(creator, user.id, PASSWORD + "x"),
        users.begin_removal(creator, user.id),
    ):
        with pytest.raises(PermissionDenied):
            await forbidden


async def test_plain_user_sees_only_the_own_row(world) -> None:
    assert (await users.get(world.as_ada, world.ada.id)).address == "ada@example.test"
    for other in (world.deputy.id, world.stranger.id, 999):
        with pytest.raises(PermissionDenied):
            await users.get(world.as_ada, other)


async def test_foreign_user_and_no_user_are_answered_alike(world) -> None:
    for missing in (world.stranger.id, 999):
        for attempt in (
            users.get(world.as_primary, missing),
            users.update(world.as_primary, missing, name="X"),
            users.set_password(world.as_primary, missing, PASSWORD + "x"),
            users.begin_removal(world.as_primary, missing),
        ):
            with pytest.raises(NotFound) as refusal:
                await attempt
            assert refusal.value.public == "No such user"
    assert (await users.get(SYSTEM, world.stranger.id)).name == ""


async def test_limit_of_users_names_who_set_it(world, add_user) -> None:
    await settings.set_value(world.as_root, "domain.max_users", Level.DOMAIN, world.example.id, 4)
    await add_user("fourth@example.test", actor=world.as_primary)

    with pytest.raises(LimitExceeded) as refusal:
        await add_user("fifth@example.test", actor=world.as_primary)

    assert refusal.value.public == (
        "The domain has 4 users and may have 4; the limit is set by root for example.test"
    )
    assert await db.fetch_value("SELECT count(*) FROM user_account WHERE localpart = 'fifth'") == 0


async def test_update_keeps_before_and_after(world, heard: list[Event], last_audit) -> None:
    user = await users.update(world.as_deputy, world.ada.id, name="Ada Lovelace", is_enabled=False)

    assert (user.name, user.is_enabled) == ("Ada Lovelace", False)
    actor, action, subject, detail = await last_audit()
    assert (actor, action, subject) == ("deputy@example.test", "user.update", "ada@example.test")
    assert json.loads(detail) == {"name": ["Ada Byron", "Ada Lovelace"], "is_enabled": [True, False]}
    assert heard == [UserChanged(world.ada.id, world.example.id, credentials=True)]


async def test_update_without_a_change_says_nothing(world, heard: list[Event]) -> None:
    await users.update(world.as_deputy, world.ada.id, name="Ada Byron")

    assert heard == []


async def test_primary_administrator_is_out_of_reach_of_others(world) -> None:
    for attempt in (
        users.update(world.as_deputy, world.primary.id, is_enabled=False),
        users.update(world.as_deputy, world.primary.id, name="X"),
        users.set_password(world.as_deputy, world.primary.id, PASSWORD + "x"),
        users.begin_removal(world.as_deputy, world.primary.id),
        users.update(world.as_primary, world.primary.id, role=Role.USER),
        users.begin_removal(world.as_primary, world.primary.id),
        users.update(world.as_primary, world.primary.id, is_enabled=False),
        users.set_primary(world.as_primary, world.deputy.id),
        users.set_primary(world.as_deputy, world.deputy.id),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
    assert await users.get(SYSTEM, world.primary.id) == world.primary
    assert await users.get(SYSTEM, world.deputy.id) == world.deputy


async def test_system_administrator_moves_the_primary_mark(world) -> None:
    await users.set_primary(world.as_root, world.ada.id)

    ada, primary = await users.get(SYSTEM, world.ada.id), await users.get(SYSTEM, world.primary.id)
    assert (ada.role, ada.is_primary) == (ADMIN, True)
    assert (primary.role, primary.is_primary) == (ADMIN, False)


async def test_new_password_ends_sessions_but_the_own(world, heard: list[Event], last_audit) -> None:
    _, old = await sessions.create(world.as_ada, remote_address="192.0.2.1")
    _, own = await sessions.create(world.as_deputy, remote_address="192.0.2.2")
    heard.clear()

    await users.set_password(own, world.ada.id, "another-anchor-74")

    assert heard == [
        SessionRevoked(old.session_id or 0),
        UserChanged(world.ada.id, world.example.id, credentials=True),
    ]
    assert [row[0] for row in await db.fetch_rows("SELECT id FROM session")] == [own.session_id]
    assert (await last_audit()) == ("deputy@example.test", "user.set_credentials", "ada@example.test", "{}")


async def test_weak_password_changes_nothing(world) -> None:
    before = await db.fetch_value("SELECT password_hash FROM user_account WHERE id = ?", world.ada.id)

    with pytest.raises(InvalidSyntax):
        await users.set_password(world.as_deputy, world.ada.id, "ada.byron.2024")

    assert await db.fetch_value("SELECT password_hash FROM user_account WHERE id = ?", world.ada.id) == before


async def test_domain_asks_for_longer_passwords(world, add_user) -> None:
    await settings.set_value(world.as_primary, "password.min_length", Level.DOMAIN, world.example.id, 20)

    with pytest.raises(InvalidSyntax, match="20 characters"):
        await add_user("x@example.test")
    await add_user("x@other.test")


async def test_list_is_by_localpart_and_searches_names(world) -> None:
    page = await users.list_page(world.as_deputy, world.example.id, limit=2)
    rest = await users.list_page(world.as_deputy, world.example.id, after=page.items[-1].localpart)
    found = await users.list_page(world.as_deputy, world.example.id, search="BYRON")

    assert [user.localpart for user in page.items] == ["ada", "deputy"]
    assert (page.total, page.has_more) == (3, True)
    assert [user.localpart for user in rest.items] == ["primary"]
    assert [user.localpart for user in found.items] == ["ada"]
    with pytest.raises(NotFound):
        await users.list_page(world.as_deputy, world.other.id)


async def test_removal_begins_with_disabling(world, heard: list[Event]) -> None:
    await sessions.create(world.as_ada, remote_address="192.0.2.1")

    user = await users.begin_removal(world.as_deputy, world.ada.id)

    assert not user.is_enabled
    assert await db.fetch_value("SELECT count(*) FROM session") == 0
    await db.write(lambda tx: users.delete(tx, world.as_deputy, user))
    with pytest.raises(NotFound):
        await users.get(SYSTEM, world.ada.id)


async def test_nobody_removes_or_disables_the_own_user(world) -> None:
    for attempt in (
        users.begin_removal(world.as_deputy, world.deputy.id),
        users.update(world.as_deputy, world.deputy.id, is_enabled=False),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
    assert (await users.get(SYSTEM, world.deputy.id)).is_enabled


NARROW = [role for role in OF_USERS if role not in {Role.USER, ADMIN}]


@pytest.mark.parametrize("role", NARROW)
async def test_an_administrator_gives_and_takes_a_narrower_role(world, add_user, role: Role) -> None:
    made = await add_user("new@example.test", actor=world.as_deputy, role=role)
    assert ((await users.get(SYSTEM, made.id)).role, made.is_primary) == (role, False)
    assert for_user(made).permissions == MATRIX[Role.USER] | MATRIX[role]

    plain = await users.update(world.as_deputy, made.id, role=Role.USER)
    assert for_user(plain).permissions == MATRIX[Role.USER]
    assert (await users.update(world.as_deputy, made.id, role=role)).role is role


@pytest.mark.parametrize("role", OF_USERS)
@pytest.mark.parametrize("held", [Role.USER, *NARROW])
async def test_nobody_in_a_narrower_role_gives_roles(world, add_user, held: Role, role: Role) -> None:
    actor = for_user(await users.update(SYSTEM, world.ada.id, role=held))
    other = await add_user("other@example.test", role=Role.HELPDESK if role is Role.USER else Role.USER)

    with pytest.raises(PermissionDenied):
        await users.update(actor, other.id, role=role)
    with pytest.raises(PermissionDenied):
        await users.update(actor, actor.id, role=ADMIN)
    if role is not Role.USER:
        with pytest.raises(PermissionDenied):
            await add_user("new@example.test", actor=actor, role=role)

    assert (await users.get(SYSTEM, other.id)).role is other.role
    assert (await users.get(SYSTEM, actor.id)).role is held


async def test_a_role_of_the_system_is_given_to_no_user(world, add_user) -> None:
    with pytest.raises(InvalidSyntax, match="cannot have this role"):
        await users.update(SYSTEM, world.ada.id, role=Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(InvalidSyntax, match="cannot have this role"):
        await add_user("new@example.test", role=Role.SYSTEM_ADMINISTRATOR)
    assert (await users.get(SYSTEM, world.ada.id)).role is Role.USER
