"""Domains whose mail goes on: who may say so, what is accepted for them, and what never is."""

from __future__ import annotations

import pytest

from backend.directory import aliases, domain_aliases, domain_routes, domains, routed_recipients
from backend.directory.domain_routes import Accepts, Route
from backend.directory.principal import SYSTEM
from backend.directory.resolve import Expansion, LocalUser, Resolution, Routed, Unknown, expand, resolve
from backend.directory.types import Tls
from backend.formats.addresses import Address
from backend.kit import config, db
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from schema.events import DomainChanged, Event

TO_HOST = Route(host="inside.test", port=2525, tls=Tls.ENCRYPTED)
LISTED = Route(host="inside.test", accepts=Accepts.LISTED)


async def means(text: str) -> Resolution:
    return await resolve(Address(*text.rsplit("@", 1)))


async def test_what_nobody_takes_here_goes_on(world, heard: list[Event], last_audit) -> None:
    await aliases.add(SYSTEM, world.example.id, "info", ["ada@example.test"])
    assert await means("far@example.test") == Unknown(world.example.id)
    heard.clear()

    await domain_routes.put(world.as_root, world.example.id, TO_HOST)

    assert await means("Far@example.test") == Routed(Address("far", "example.test"), world.example.id)
    assert isinstance(await means("ada+x@example.test"), LocalUser)
    assert isinstance(await means("info@example.test"), Expansion)
    assert isinstance(await means("postmaster@example.test"), LocalUser)
    assert DomainChanged(world.example.id) in heard
    assert await last_audit() == (
        "root",
        "route.set",
        "example.test",
        '{"to":"inside.test:2525","tls":"encrypted","accepts":"any"}',
    )
    await domain_routes.remove(world.as_root, world.example.id)
    assert await means("far@example.test") == Unknown(world.example.id)
    with pytest.raises(NotFound):
        await domain_routes.remove(world.as_root, world.example.id)


async def test_only_those_listed(world) -> None:
    await domain_routes.put(SYSTEM, world.example.id, LISTED)
    added = await routed_recipients.add(
        world.as_deputy, world.example.id, ["Far", "far@example.test", "team+eu"]
    )

    assert added == 2
    assert isinstance(await means("FAR@example.test"), Routed)
    assert isinstance(await means("far+tag@example.test"), Routed)
    assert isinstance(await means("team+eu@example.test"), Routed)
    assert await means("team@example.test") == Unknown(world.example.id)
    await aliases.add(SYSTEM, world.example.id, "*", ["ada@example.test"])
    assert isinstance(await means("team@example.test"), Expansion)
    assert isinstance(await means("far@example.test"), Routed)
    assert await routed_recipients.remove(world.as_deputy, world.example.id, ["far", "nobody"]) == 1
    assert isinstance(await means("far@example.test"), Expansion)
    page = await routed_recipients.list_page(world.as_deputy, world.example.id)
    assert (page.items, page.total, page.has_more) == (["team+eu"], 1, False)


@pytest.mark.parametrize("localpart", ["victim%far.test", "victim@far.test", "far.test!victim", "a%b%c"])
async def test_no_route_within_an_address(world, localpart: str) -> None:
    await domain_routes.put(SYSTEM, world.example.id, TO_HOST)

    assert await resolve(Address(localpart, "example.test")) == Unknown(world.example.id)


async def test_further_names_lead_to_the_own_one(world) -> None:
    await domain_aliases.add(SYSTEM, world.example.id, "example.net")
    await domain_routes.put(SYSTEM, world.example.id, TO_HOST)

    assert await means("Far@example.net") == Routed(Address("far", "example.test"), world.example.id)
    assert await expand(Address("Far", "example.net")) == [Address("Far", "example.test")]


async def test_who_may(world) -> None:
    for attempt in (
        domain_routes.put(world.as_primary, world.example.id, TO_HOST),
        domain_routes.remove(world.as_primary, world.example.id),
        routed_recipients.add(world.as_ada, world.example.id, ["x"]),
        routed_recipients.list_page(world.as_ada, world.example.id),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
    for foreign in (
        routed_recipients.add(world.as_primary, world.other.id, ["x"]),
        domain_routes.get(world.as_primary, world.other.id),
    ):
        with pytest.raises((NotFound, PermissionDenied)):
            await foreign
    await domain_routes.put(SYSTEM, world.example.id, TO_HOST)
    found = await domain_routes.get(world.as_primary, world.example.id)
    assert found is not None
    assert (found.host, found.port, found.tls) == ("inside.test", 2525, Tls.ENCRYPTED)


@pytest.mark.parametrize(
    ("route", "field"),
    [
        (Route(host="no host"), "host"),
        (Route(host="inside.test", port=0), "port"),
        (Route(host="inside.test", port=70_000), "port"),
    ],
)
async def test_what_is_no_route(world, route: Route, field: str) -> None:
    with pytest.raises(InvalidSyntax) as refusal:
        await domain_routes.put(SYSTEM, world.example.id, route)

    assert refusal.value.field == field
    assert await db.fetch_value("SELECT count(*) FROM domain_route") == 0


async def test_not_to_ourselves(world) -> None:
    with pytest.raises(InvalidSyntax, match="circle"):
        await domain_routes.put(SYSTEM, world.example.id, Route(host=config.current().hostname))


@pytest.mark.parametrize("localparts", [["a b@example.test"], ["x@other.test"], ["a/b"]])
async def test_what_is_no_recipient(world, localparts: list[str]) -> None:
    with pytest.raises(InvalidSyntax):
        await routed_recipients.add(SYSTEM, world.example.id, ["good", *localparts])

    assert await db.fetch_value("SELECT count(*) FROM routed_recipient") == 0


async def test_many_at_once_are_bounded(world) -> None:
    with pytest.raises(LimitExceeded):
        await routed_recipients.add(SYSTEM, world.example.id, [f"u{n}" for n in range(1001)])
    assert await routed_recipients.add(SYSTEM, world.example.id, [f"u{n}" for n in range(1000)]) == 1000
    assert await routed_recipients.add(SYSTEM, world.example.id, [f"u{n}" for n in range(999)]) == 0


async def test_both_engines(any_rt: Runtime) -> None:
    domain = await domains.add(SYSTEM, "relay.test")
    await domain_routes.put(SYSTEM, domain.id, LISTED)
    await domain_routes.put(SYSTEM, domain.id, TO_HOST)
    await routed_recipients.add(SYSTEM, domain.id, ["b", "a"])

    assert await domain_routes.of_domain("relay.test") == Route(
        domain_id=domain.id, host="inside.test", port=2525, tls=Tls.ENCRYPTED
    )
    assert (await routed_recipients.list_page(SYSTEM, domain.id, limit=1)).items == ["a"]
    await domains.remove(SYSTEM, domain.id)
    assert await db.fetch_value("SELECT count(*) FROM routed_recipient") == 0
    assert await domain_routes.of_domain("relay.test") is None
