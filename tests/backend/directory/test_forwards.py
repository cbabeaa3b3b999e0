"""Who may forward whose mail where, and what an address then means."""

from __future__ import annotations

import json

import pytest

from backend.directory import aliases, forwards, sender_rewriting, settings, users
from backend.directory.principal import SYSTEM
from backend.directory.resolve import Expansion, LocalUser, Unknown, expand, leads_to, resolve
from backend.directory.setting_key import Level
from backend.directory.types import Forward
from backend.formats import srs
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied

FAR = Address("x", "far.test")
ADA = Address("ada", "example.test")


async def in_force() -> Forward | None:
    found = await resolve(ADA)
    assert isinstance(found, LocalUser)
    return found.forward


async def test_a_user_sets_the_own_forward(world, last_audit) -> None:
    assert await in_force() is None

    done = await forwards.put(world.as_ada, world.ada.id, ["x@far.test", " x@far.test "], keeps_copy=False)

    assert done == Forward((FAR,), False) == await forwards.get(world.as_ada, world.ada.id)
    assert await in_force() == done
    actor, action, subject, detail = await last_audit()
    assert (actor, action, subject) == ("ada@example.test", "user.set_forward", "ada@example.test")
    assert json.loads(detail) == {"targets": [[], ["x@far.test"]], "keeps_copy": [True, False]}

    assert await forwards.put(world.as_ada, world.ada.id, [], keeps_copy=False) == Forward()
    assert await in_force() is None
    assert await db.fetch_value("SELECT count(*) FROM user_forward") == 0


async def test_administrators_of_the_domain_set_it_and_nobody_else(world) -> None:
    await forwards.put(world.as_primary, world.ada.id, ["x@far.test"])
    assert (await forwards.get(SYSTEM, world.ada.id)).targets == (FAR,)

    with pytest.raises(PermissionDenied):
        await forwards.put(world.as_ada, world.primary.id, ["x@far.test"])
    with pytest.raises(PermissionDenied):
        await forwards.get(world.as_ada, world.primary.id)
    with pytest.raises(NotFound):
        await forwards.put(world.as_primary, world.stranger.id, ["x@far.test"])
    with pytest.raises(PermissionDenied):
        await forwards.put(world.as_deputy, world.primary.id, ["x@far.test"])
    assert await db.fetch_value("SELECT count(*) FROM user_forward") == 1


@pytest.mark.parametrize("target", ["ada@example.test", "ADA+x@example.test", "team@example.test"])
async def test_a_forward_to_oneself_is_refused(world, target: str) -> None:
    await aliases.add(SYSTEM, world.example.id, "team", ["deputy@example.test", "ada@example.test"])

    with pytest.raises(InvalidSyntax, match="leads back"):
        await forwards.put(world.as_ada, world.ada.id, [target])


@pytest.mark.parametrize("target", ["ada@127.0.0.1", "ada@2130706433", "ada@", "@far.test"])
async def test_a_forward_goes_to_an_address(world, target: str) -> None:
    with pytest.raises(InvalidSyntax, match="is not an address"):
        await forwards.put(world.as_ada, world.ada.id, [target])


async def test_two_users_cannot_forward_to_each_other(world) -> None:
    await forwards.put(world.as_ada, world.ada.id, ["deputy@example.test"])

    with pytest.raises(InvalidSyntax, match="leads back"):
        await forwards.put(world.as_deputy, world.deputy.id, ["ada@example.test"])
    assert not await leads_to(FAR, world.ada.id)


async def test_syntax_and_number_of_targets(world) -> None:
    with pytest.raises(InvalidSyntax):
        await forwards.put(world.as_ada, world.ada.id, ["no address"])
    await settings.set_value(SYSTEM, "forward.max_targets", Level.DOMAIN, world.example.id, 2)
    with pytest.raises(LimitExceeded, match="2 addresses"):
        await forwards.put(world.as_ada, world.ada.id, [f"{n}@far.test" for n in range(3)])
    assert await in_force() is None


async def test_a_switch_that_is_off_stops_what_is_set(world) -> None:
    await forwards.put(world.as_ada, world.ada.id, ["deputy@example.test", "x@far.test"], keeps_copy=False)

    await settings.set_value(SYSTEM, "forward.outside", Level.SYSTEM, 0, False)
    assert await in_force() == Forward((Address("deputy", "example.test"),), False)
    with pytest.raises(PermissionDenied, match=r"addresses of example\.test only"):
        await forwards.put(world.as_ada, world.ada.id, ["x@far.test"])

    await settings.set_value(SYSTEM, "forward.enabled", Level.DOMAIN, world.example.id, False)
    assert await in_force() is None
    with pytest.raises(PermissionDenied, match="turned off"):
        await forwards.put(world.as_ada, world.ada.id, ["deputy@example.test"])
    assert await forwards.put(world.as_ada, world.ada.id, []) == Forward()


async def test_a_ceiling_of_the_system_binds_the_domain(world) -> None:
    await settings.set_ceiling(SYSTEM, "forward.outside", Level.SYSTEM, 0, False)

    with pytest.raises(LimitExceeded):
        await settings.set_value(world.as_primary, "forward.outside", Level.DOMAIN, world.example.id, True)


async def test_aliases_lead_through_forwards_without_a_copy(world) -> None:
    await aliases.add(SYSTEM, world.example.id, "team", ["ada@example.test", "deputy@example.test"])
    await forwards.put(world.as_ada, world.ada.id, ["x@far.test"], keeps_copy=False)
    await forwards.put(world.as_deputy, world.deputy.id, ["y@far.test"], keeps_copy=True)

    found = await expand(Address("team", "example.test"))

    assert [one if isinstance(one, Address) else one.user_id for one in found] == [world.deputy.id, FAR]


async def test_a_removed_user_leaves_no_forward(world) -> None:
    await forwards.put(world.as_ada, world.ada.id, ["x@far.test"])

    await db.write(lambda tx: users.delete(tx, SYSTEM, world.ada))

    assert await db.fetch_value("SELECT count(*) FROM user_forward") == 0


async def test_a_return_path_of_ours_leads_to_its_sender(world, moving_clock) -> None:
    await aliases.add(SYSTEM, world.example.id, "*", ["ada@example.test"])
    sender = Address("Bob.X", "far.test")
    ours = await sender_rewriting.rewritten(sender, "example.test")

    assert await resolve(ours) == Expansion((sender,), 0, world.example.id)
    assert await expand(ours) == [sender]
    forged = Address(ours.localpart.replace("far.test", "spam.test"), "example.test")
    assert await resolve(forged) == Unknown(world.example.id)

    moving_clock.advance((srs.VALID_DAYS + 1) * srs.DAY_S)
    assert await resolve(ours) == Unknown(world.example.id)


async def test_the_secret_before_this_one_still_verifies(world, moving_clock) -> None:
    moving_clock.now = 100 * sender_rewriting.PERIOD_S - 5
    ours = await sender_rewriting.rewritten(FAR, "example.test")

    moving_clock.advance(10)
    later = await sender_rewriting.rewritten(FAR, "example.test")

    assert (await sender_rewriting.original(ours), await sender_rewriting.original(later)) == (FAR, FAR)
    assert ours.localpart.split("=")[1] != later.localpart.split("=")[1]
