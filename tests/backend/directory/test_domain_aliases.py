"""Domain aliases: a further name of a domain, by which everything means the same as under its own."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory import aliases, domain_aliases, domains, return_paths, settings, users
from backend.directory.authentication import login_of, verify_password
from backend.directory.principal import SYSTEM
from backend.directory.resolve import (
    NOT_LOCAL,
    Expansion,
    LocalUser,
    ReturnPath,
    Unknown,
    expand,
    own_name,
    resolve,
)
from backend.directory.setting_key import Level
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Kind, Tag
from backend.kit import clock, db
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.submission import identities
from schema.events import DomainChanged, Event


async def test_every_address_means_the_same_under_the_alias(world) -> None:
    info = await aliases.add(SYSTEM, world.example.id, "info", ["x@far.test"])
    await domain_aliases.add(SYSTEM, world.example.id, "Example.NET")

    assert await resolve(Address("Ada+news", "example.net")) == LocalUser(
        world.ada.id, world.example.id, Address("ada+news", "example.test"), "news"
    )
    assert await resolve(Address("info", "example.net")) == Expansion(
        (Address("x", "far.test"),), info.id, world.example.id
    )
    assert await resolve(Address("nobody", "example.net")) == Unknown(world.example.id)
    await aliases.add(SYSTEM, world.example.id, "*", ["ada@example.test"])
    assert isinstance(await resolve(Address("nobody", "example.net")), Expansion)


async def test_a_list_of_both_names_gets_one_copy(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")
    await aliases.add(
        SYSTEM, world.example.id, "team", ["ada@example.net", "ada@example.test", "team@example.net"]
    )

    found = await expand(Address("team", "example.net"))

    assert [one.user_id for one in found if isinstance(one, LocalUser)] == [world.ada.id]
    assert len(found) == 1


async def test_it_is_felt_at_once_and_ends_at_once(world, heard: list[Event], last_audit) -> None:
    ada = Address("ada", "example.net")
    assert await resolve(ada) is NOT_LOCAL

    alias = await domain_aliases.add(world.as_root, world.example.id, "example.net")

    assert isinstance(await resolve(ada), LocalUser)
    assert heard == [DomainChanged(world.example.id)]
    assert await last_audit() == ("root", "domain_alias.add", "example.net", '{"domain":"example.test"}')
    await domain_aliases.remove(world.as_root, alias.id)
    assert await resolve(ada) is NOT_LOCAL
    assert (await last_audit())[1:3] == ("domain_alias.remove", "example.net")
    with pytest.raises(NotFound):
        await domain_aliases.remove(world.as_root, alias.id)


async def test_a_name_is_taken_once_whichever_it_is(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")

    for attempt in (
        domain_aliases.add(SYSTEM, world.other.id, "EXAMPLE.net"),
        domain_aliases.add(SYSTEM, world.example.id, "other.test"),
        domain_aliases.add(SYSTEM, world.example.id, "example.test"),
        domains.add(SYSTEM, "example.net"),
    ):
        with pytest.raises(Conflict):
            await attempt
    with pytest.raises(InvalidSyntax):
        await domain_aliases.add(SYSTEM, world.example.id, "not a name")
    assert await db.fetch_value("SELECT count(*) FROM domain_alias") == 1


async def test_only_system_administrators_name_domains(world) -> None:
    alias = await domain_aliases.add(SYSTEM, world.example.id, "example.net")

    for attempt in (
        domain_aliases.add(world.as_primary, world.example.id, "example.org"),
        domain_aliases.remove(world.as_primary, alias.id),
        domain_aliases.list_all(world.as_ada, world.example.id),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
    assert await domain_aliases.list_all(world.as_primary, world.example.id) == [alias]
    assert await domain_aliases.get_by_name(world.as_primary, "example.net") == alias
    with pytest.raises(NotFound):
        await domain_aliases.list_all(world.as_primary, world.other.id)


async def test_limit_of_the_domain(world) -> None:
    await settings.set_value(world.as_root, "domain.max_domain_aliases", Level.DOMAIN, world.example.id, 1)
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")

    with pytest.raises(LimitExceeded, match="1 domain aliases and may have 1"):
        await domain_aliases.add(SYSTEM, world.example.id, "example.org")


async def test_aliases_go_with_their_domain(world) -> None:
    await domain_aliases.add(SYSTEM, world.other.id, "other.net")
    await db.write(lambda tx: tx.execute("DELETE FROM user_account WHERE id = ?", world.stranger.id))

    await domains.remove(SYSTEM, world.other.id)

    assert await resolve(Address("stranger", "other.net")) is NOT_LOCAL
    assert (await domains.add(SYSTEM, "other.net")).name == "other.net"


async def test_a_disabled_domain_is_so_under_every_name(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")
    await domains.set_enabled(SYSTEM, world.example.id, enabled=False)

    assert await resolve(Address("ada", "example.net")) == await resolve(Address("ada", "example.test"))


async def test_users_send_from_every_name(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "byron", ["ada@example.test"])
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")

    assert [str(one.address) for one in await identities.of_user(world.ada.id)] == [
        "ada@example.test",
        "byron@example.test",
        "ada@example.net",
        "byron@example.net",
    ]
    assert (await identities.require(world.ada.id, Address("Ada+x", "example.net"))).name == "Ada Byron"
    with pytest.raises(PermissionDenied):
        await identities.require(world.ada.id, Address("primary", "example.net"))


async def test_users_are_found_by_every_name(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")

    assert await users.get_by_address(SYSTEM, "ada@example.net") == world.ada
    assert await login_of(" ADA@Example.net ") == "ada@example.test"
    assert await login_of("root") == "root"
    assert await login_of("a\0@b") == "a\0@b"


async def test_both_engines(any_rt: Runtime) -> None:
    """Sign-in by alias, and two who want the same name at one moment: as a domain and as an alias."""
    domain = await domains.add(SYSTEM, "example.test")
    new = await users.prepare(SYSTEM, "ada@example.test", "violet-anchor-73")
    ada = await db.write(lambda tx: users.insert(tx, SYSTEM, new))
    await domain_aliases.add(SYSTEM, domain.id, "example.net")

    signed_in = await verify_password(
        "ada@example.net", "violet-anchor-73", protocol="imap", remote_address="192.0.2.1"
    )
    results = await asyncio.gather(
        *(domains.add(SYSTEM, "wanted.test") for _ in range(3)),
        *(domain_aliases.add(SYSTEM, domain.id, "wanted.test") for _ in range(3)),
        return_exceptions=True,
    )

    assert signed_in.user_id == ada.id
    assert sum(isinstance(result, Conflict) for result in results) == 5
    assert await own_name("example.net") == "example.test"
    assert await own_name("wanted.test") in {"wanted.test", "example.test"}
    assert await own_name("elsewhere.test") == "elsewhere.test"


async def test_a_return_path_belongs_to_the_name_it_was_made_for(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")
    tag = Tag.issued(Kind.MESSAGE, 7, 8, at=clock.now())
    made = await return_paths.issue(tag, "example.net")

    assert await resolve(made) == ReturnPath(tag, world.example.id)
    assert await resolve(Address(made.localpart, "example.test")) == Unknown(world.example.id)
