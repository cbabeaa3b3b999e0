"""What an address means, in which order, and that changes are seen at once."""

from __future__ import annotations

import pytest

from backend.directory import aliases, domains, settings, users
from backend.directory.principal import SYSTEM
from backend.directory.resolve import (
    NOT_LOCAL,
    Disabled,
    Expansion,
    LocalUser,
    Unknown,
    expand,
    is_local_domain,
    resolve,
)
from backend.directory.setting_key import Level
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.runtime import Runtime


def at(text: str) -> Address:
    localpart, _, domain = text.partition("@")
    return Address(localpart, domain)


async def test_user_is_found_in_any_case(world) -> None:
    assert await resolve(at("ADA@example.test")) == LocalUser(
        world.ada.id, world.example.id, at("ada@example.test")
    )


async def test_detail_is_kept(world) -> None:
    assert await resolve(at("ada+Shop+2@example.test")) == LocalUser(
        world.ada.id, world.example.id, at("ada+shop+2@example.test"), "shop+2"
    )


async def test_order_is_user_alias_detail_catch_all(world) -> None:
    domain_id = world.example.id
    assert await resolve(at("sales+eu@example.test")) == Unknown(domain_id)

    every = await aliases.add(SYSTEM, domain_id, "*", ["ada@example.test"])
    assert await resolve(at("sales+eu@example.test")) == Expansion(
        every.targets, every.id, domain_id, is_catch_all=True
    )

    sales = await aliases.add(SYSTEM, domain_id, "sales", ["x@elsewhere.test"])
    assert await resolve(at("sales+eu@example.test")) == Expansion(sales.targets, sales.id, domain_id)

    exact = await aliases.add(SYSTEM, domain_id, "sales+eu", ["y@elsewhere.test"])
    assert await resolve(at("sales+eu@example.test")) == Expansion(exact.targets, exact.id, domain_id)
    assert isinstance(await resolve(at("ada@example.test")), LocalUser)


async def test_domains_that_are_not_ours(world) -> None:
    assert await resolve(at("ada@elsewhere.test")) == NOT_LOCAL
    assert not await is_local_domain("elsewhere.test")

    added = await domains.add(SYSTEM, "elsewhere.test")

    assert await is_local_domain("elsewhere.test")
    assert await resolve(at("ada@elsewhere.test")) == Unknown(added.id)


async def test_disabled_takes_no_mail(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "*", ["primary@example.test"])
    info = await aliases.add(SYSTEM, world.example.id, "info", ["primary@example.test"])

    await users.update(SYSTEM, world.ada.id, is_enabled=False)
    await aliases.update(SYSTEM, info.id, is_enabled=False)

    for text in ("ada@example.test", "ada+x@example.test", "info@example.test"):
        assert await resolve(at(text)) == Disabled(world.example.id)


async def test_disabled_catch_all_is_none(world) -> None:
    every = await aliases.add(SYSTEM, world.example.id, "*", ["primary@example.test"])
    await aliases.update(SYSTEM, every.id, is_enabled=False)

    assert await resolve(at("x@example.test")) == Unknown(world.example.id)


async def test_disabled_domain(world) -> None:
    await resolve(at("ada@example.test"))

    await domains.set_enabled(SYSTEM, world.example.id, enabled=False)

    assert await resolve(at("ada@example.test")) == Disabled(world.example.id)
    assert await is_local_domain("example.test")


@pytest.mark.parametrize("localpart", ["postmaster", "Abuse", "postmaster+x"])
async def test_role_addresses_reach_the_primary_administrator(world, localpart: str) -> None:
    await aliases.add(SYSTEM, world.example.id, "*", ["ada@example.test"])

    found = await resolve(Address(localpart, "example.test"))

    assert isinstance(found, LocalUser)
    assert found.user_id == world.primary.id


async def test_role_address_of_a_user_is_that_users(world, add_user) -> None:
    await resolve(at("abuse@example.test"))
    user = await add_user("abuse@example.test")

    found = await resolve(at("abuse@example.test"))

    assert isinstance(found, LocalUser)
    assert found.user_id == user.id


async def test_role_address_without_administrators(world) -> None:
    assert await resolve(at("postmaster@other.test")) == Unknown(world.other.id)


async def test_plain_postmaster_means_our_domain(world) -> None:
    found = await resolve(Address("Postmaster", ""))

    assert isinstance(found, LocalUser)
    assert found.user_id == world.primary.id


async def test_remembered_answer_reads_nothing(world, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await resolve(at("ada@example.test"))

    async def fail(*_: object) -> None:
        raise AssertionError("a remembered answer was looked up")

    monkeypatch.setattr(type(db.database()), "fetch_row", fail)
    assert await resolve(at("ada@example.test")) is first


async def test_every_change_is_seen_at_once(world, add_user) -> None:
    assert await resolve(at("new@example.test")) == Unknown(world.example.id)

    user = await add_user("new@example.test")
    found = await resolve(at("new@example.test"))
    assert isinstance(found, LocalUser)
    assert found.user_id == user.id

    await users.begin_removal(SYSTEM, user.id)
    assert await resolve(at("new@example.test")) == Disabled(world.example.id)

    await db.write(lambda tx: users.delete(tx, SYSTEM, user))
    assert await resolve(at("new@example.test")) == Unknown(world.example.id)

    alias = await aliases.add(SYSTEM, world.example.id, "new", ["ada@example.test"])
    assert isinstance(await resolve(at("new@example.test")), Expansion)

    await aliases.update(SYSTEM, alias.id, targets=["x@y.test"])
    assert await resolve(at("new@example.test")) == Expansion((at("x@y.test"),), alias.id, world.example.id)

    await aliases.remove(SYSTEM, alias.id)
    assert await resolve(at("new@example.test")) == Unknown(world.example.id)


async def test_expansion_names_everyone_once(world) -> None:
    domain_id = world.example.id
    await aliases.add(
        SYSTEM, domain_id, "team", ["ada@example.test", "boss@example.test", "x@elsewhere.test"]
    )
    await aliases.add(
        SYSTEM, domain_id, "boss", ["primary@example.test", "Ada@example.test", "x@elsewhere.test"]
    )

    found = await expand(at("team@example.test"))

    assert [entry.user_id if isinstance(entry, LocalUser) else str(entry) for entry in found] == [
        world.ada.id,
        "x@elsewhere.test",
        world.primary.id,
    ]


async def test_loop_of_aliases_ends(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "a", ["b@example.test", "ada@example.test"])
    await aliases.add(SYSTEM, world.example.id, "b", ["a@example.test", "b@example.test"])

    found = await expand(at("b@example.test"))

    assert [entry.user_id for entry in found if isinstance(entry, LocalUser)] == [world.ada.id]


async def test_chain_is_followed_ten_deep(world) -> None:
    for step in range(12):
        target = f"s{step + 1}@example.test" if step < 11 else "ada@example.test"
        await aliases.add(SYSTEM, world.example.id, f"s{step}", [target])

    assert await expand(at("s0@example.test")) == []
    assert len(await expand(at("s2@example.test"))) == 1


async def test_expansion_has_an_end(world) -> None:
    for outer in range(6):
        targets = [f"u{outer}x{inner}@elsewhere.test" for inner in range(200)]
        await aliases.add(SYSTEM, world.example.id, f"list{outer}", targets)
    await aliases.add(SYSTEM, world.example.id, "all", [f"list{outer}@example.test" for outer in range(6)])

    assert len(await expand(at("all@example.test"))) == 1000


async def test_targets_that_take_no_mail_are_left_out(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "team", ["nobody@example.test", "ada@example.test"])
    await users.update(SYSTEM, world.ada.id, is_enabled=False)

    assert await expand(at("team@example.test")) == []


async def test_remote_address_expands_to_itself(rt: Runtime) -> None:
    assert await expand(at("X@elsewhere.test")) == [at("X@elsewhere.test")]


async def test_settings_of_the_domain_do_not_disturb(world) -> None:
    await settings.set_value(SYSTEM, "domain.max_users", Level.DOMAIN, world.example.id, 100)

    assert isinstance(await resolve(at("ada@example.test")), LocalUser)
