"""Relay, split and backup domains over real sockets: what is accepted, where it goes, and no open relay."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.directory import domain_aliases, domain_routes, domains, routed_recipients
from backend.directory.domain_routes import Accepts, Route
from backend.directory.principal import SYSTEM
from backend.directory.types import Tls
from backend.spool import gateways
from backend.spool.gateways import Gateway
from backend.spool.types import State
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.smtp_sink import Sink, smtp_sink


@pytest.fixture
async def inside() -> AsyncIterator[Sink]:
    """The server that a route leads to."""
    async with smtp_sink() as running:
        yield running


def to(sink: Sink, **changes: object) -> Route:
    values: dict[str, object] = {"host": sink.address[0], "port": sink.address[1]}
    return Route(**{**values, **changes})  # type: ignore[arg-type]  # the fields of Route


async def relay(world: World, route: Route) -> int:
    """relay.test, of which nobody is here."""
    domain = await domains.add(SYSTEM, "relay.test")
    await domain_routes.put(SYSTEM, domain.id, route)
    return domain.id


async def test_a_relay_domain_goes_to_its_host_past_all_gateways(world: World, inside: Sink) -> None:
    await relay(world, to(inside))
    host, port = world.sink.address
    await gateways.add(SYSTEM, Gateway(name="out", host=host, port=port, tls=Tls.OPPORTUNISTIC))
    client = await world.house.connect()

    reply = await client.mail("stranger@remote.test", ["Anyone@relay.test", "b+x@relay.test"], MESSAGE)

    assert reply.code == 250
    await inside.wait_for(1)
    (taken,) = inside.messages
    assert taken.sender == "stranger@remote.test"
    assert taken.addresses == ["Anyone@relay.test", "b+x@relay.test"]
    assert taken.data.endswith(MESSAGE)
    assert world.sink.messages == []


@pytest.mark.parametrize(
    "recipient",
    [
        "victim%remote.test@relay.test",
        '"victim@remote.test"@relay.test',
        "remote.test!victim@relay.test",
        "victim@sub.relay.test",
        "victim@remote.test",
        "@relay.test:victim@remote.test",
    ],
)
async def test_a_relay_domain_is_no_open_relay(world: World, inside: Sink, recipient: str) -> None:
    await relay(world, to(inside))
    client = await world.house.connect()
    await client.command("MAIL FROM:<a@relay.test>")

    reply = await client.command(f"RCPT TO:<{recipient}>")

    assert reply.code in (550, 553)
    assert (await client.command("DATA")).code == 554


async def test_only_those_listed_are_accepted(world: World, inside: Sink) -> None:
    domain_id = await relay(world, to(inside, accepts=Accepts.LISTED))
    await routed_recipients.add(SYSTEM, domain_id, ["ada"])
    client = await world.house.connect()
    await client.command("MAIL FROM:<a@remote.test>")

    replies = [await client.command(f"RCPT TO:<{name}@relay.test>") for name in ("ada", "ada+x", "eve")]

    assert [reply.code for reply in replies] == [250, 250, 550]


async def test_a_split_domain_keeps_its_own_and_sends_the_rest_on(world: World, inside: Sink) -> None:
    await domain_routes.put(SYSTEM, world.house.domain_id, to(inside))
    await domain_aliases.add(SYSTEM, world.house.domain_id, "example.net")
    await world.house.add_alias("team", "bob@example.test", "zoe@example.test")
    client = await world.house.connect()

    reply = await client.mail(
        "stranger@remote.test", ["team@example.test", "bob@example.test", "Yan@example.net"], MESSAGE
    )

    assert reply.code == 250
    assert len(await world.house.wait_for_mail("bob", 1)) == 1
    await inside.wait_for(2)
    assert sorted(one for taken in inside.messages for one in taken.addresses) == [
        "Yan@example.test",
        "zoe@example.test",
    ]
    assert world.sink.messages == []


async def test_a_backup_passes_mail_to_better_hosts_only(world: World) -> None:
    await relay(world, Route())
    world.dns.add("relay.test", "MX", "10 best.relay.test.", f"20 {world.house.rt.settings.hostname}.")
    world.dns.add("relay.test", "MX", "30 worse.relay.test.")
    world.dns.add("best.relay.test", "A", "127.0.0.1")
    world.dns.add("worse.relay.test", "A", "127.0.0.1")

    await world.send("x@relay.test")
    await world.sink.wait_for(1)

    assert world.sink.messages[0].addresses == ["x@relay.test"]
    assert not any(name.startswith("worse") for name, _ in world.dns.asked)


async def test_the_best_host_does_not_pass_mail_to_itself(world: World) -> None:
    await relay(world, Route())
    world.dns.add("relay.test", "MX", f"10 {world.house.rt.settings.hostname}.", "20 worse.relay.test.")
    world.dns.add("worse.relay.test", "A", "127.0.0.1")

    (row,) = await world.settled(await world.send("x@relay.test", sender=""))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.4.6")
    assert world.sink.messages == []


async def test_a_route_that_is_down_keeps_the_mail(world: World, inside: Sink) -> None:
    await relay(world, to(inside))
    inside.always["RCPT x@relay.test"] = "451 4.3.0 not now"

    (row,) = await world.settled(await world.send("x@relay.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.3.0")
