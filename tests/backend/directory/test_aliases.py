"""Aliases: several targets, one address, within the domain's limits."""

from __future__ import annotations

import json

import pytest

from backend.directory import aliases, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from schema.events import DomainChanged, Event


async def test_targets_are_kept_once_in_their_order(world, heard: list[Event], last_audit) -> None:
    alias = await aliases.add(
        world.as_deputy, world.example.id, "Info", ["ada@example.test", "x@bücher.test", "ada@EXAMPLE.test"]
    )

    assert alias.address == "info@example.test"
    assert alias.targets == (Address("ada", "example.test"), Address("x", "xn--bcher-kva.test"))
    assert await aliases.get(world.as_deputy, alias.id) == alias
    assert heard == [DomainChanged(world.example.id)]
    assert await last_audit() == (
        "deputy@example.test",
        "alias.add",
        "info@example.test",
        '{"targets":["ada@example.test","x@xn--bcher-kva.test"]}',
    )


@pytest.mark.parametrize("targets", [[], ["  "], ["nobody"], [f"u{n}@x.test" for n in range(201)]])
async def test_wrong_targets_are_refused(world, targets: list[str]) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await aliases.add(SYSTEM, world.example.id, "info", targets)

    assert refusal.value.field == "targets"
    assert await db.fetch_value("SELECT count(*) FROM alias") == 0


async def test_address_of_a_user_is_taken(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])

    for localpart in ("ada", "INFO"):
        with pytest.raises(Conflict):
            await aliases.add(SYSTEM, world.example.id, localpart, ["x@other.test"])


async def test_catch_all_and_plus_are_allowed(world) -> None:
    for localpart in ("*", "sales+eu"):
        assert (
            await aliases.add(SYSTEM, world.example.id, localpart, ["ada@example.test"])
        ).localpart == localpart


async def test_limit_of_aliases(world) -> None:
    await settings.set_value(world.as_root, "domain.max_aliases", Level.DOMAIN, world.example.id, 1)
    await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])

    with pytest.raises(LimitExceeded, match=r"set by root for example\.test"):
        await aliases.add(SYSTEM, world.example.id, "sales", ["ada@example.test"])


async def test_change_keeps_before_and_after(world, heard: list[Event], last_audit) -> None:
    alias = await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])
    heard.clear()

    changed = await aliases.update(world.as_deputy, alias.id, targets=["x@y.test"], is_enabled=False)

    assert await aliases.get(SYSTEM, alias.id) == changed
    assert json.loads((await last_audit())[3]) == {
        "targets": [["ada@example.test"], ["x@y.test"]],
        "is_enabled": [True, False],
    }
    assert heard == [DomainChanged(world.example.id)]


async def test_aliases_of_other_domains_do_not_exist(world) -> None:
    foreign = await aliases.add(SYSTEM, world.other.id, "info", ["ada@example.test"])

    for missing in (foreign.id, 999):
        for attempt in (
            aliases.get(world.as_deputy, missing),
            aliases.update(world.as_deputy, missing, is_enabled=False),
            aliases.remove(world.as_deputy, missing),
        ):
            with pytest.raises(NotFound, match="No such alias"):
                await attempt
    with pytest.raises(NotFound, match="No such domain"):
        await aliases.add(world.as_deputy, world.other.id, "sales", ["ada@example.test"])
    with pytest.raises(PermissionDenied):
        await aliases.remove(world.as_ada, foreign.id)
    assert await aliases.get(SYSTEM, foreign.id) == foreign


async def test_list_searches_targets(world) -> None:
    for localpart, target in (("sales", "ada@example.test"), ("info", "bob@other.test")):
        await aliases.add(SYSTEM, world.example.id, localpart, [target])

    every = await aliases.list_page(world.as_deputy, world.example.id)
    found = await aliases.list_page(world.as_deputy, world.example.id, search="bob@")

    assert [alias.localpart for alias in every.items] == ["info", "sales"]
    assert [alias.localpart for alias in found.items] == ["info"]


async def test_removed_alias_is_gone(world, last_audit) -> None:
    alias = await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])

    await aliases.remove(world.as_deputy, alias.id)

    with pytest.raises(NotFound):
        await aliases.get(SYSTEM, alias.id)
    assert (await last_audit())[1:3] == ("alias.remove", "info@example.test")
