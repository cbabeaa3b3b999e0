"""By which address and name mail leaves: that of the sender's domain, of the system, or the usual ones."""

from __future__ import annotations

import json

import pytest

from backend.directory import domain_aliases, domain_routes, domains, settings
from backend.directory.domain_routes import Route
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.directory.types import Tls
from backend.kit import db
from backend.kit.errors import InvalidSyntax
from backend.kit.runtime import Runtime
from backend.spool import gateways, trace
from backend.spool.gateways import Gateway
from backend.spool.types import Attempt, State
from protocol_service.spool import sources
from tests.protocol_service.spool.conftest import World


async def of_domain(world: World, key: str, value: str) -> None:
    await settings.set_value(SYSTEM, key, Level.DOMAIN, world.house.domain_id, value)


async def last_trace() -> trace.Entry:
    text = await db.fetch_value("SELECT trace FROM spool_recipient ORDER BY id DESC LIMIT 1")
    return trace.parse(text)[-1]


async def test_a_domain_leaves_by_its_own_address_and_name(world: World) -> None:
    await of_domain(world, "sending.ipv4", "127.0.0.2")
    await of_domain(world, "sending.hostname", "out.example.test")
    await domain_aliases.add(SYSTEM, world.house.domain_id, "example.net")
    hostname = world.house.rt.settings.hostname

    await world.settled(await world.send("x@remote.test"))
    own = await last_trace()
    await world.settled(await world.send("y@remote.test", sender="alice@example.net"))
    await world.settled(await world.send("z@remote.test", sender="who@stranger.test"))

    assert world.sink.peers == ["127.0.0.2", "127.0.0.1"]
    greetings = [line for line in world.sink.commands if line.startswith("EHLO")]
    assert greetings == ["EHLO out.example.test", f"EHLO {hostname}"]
    assert own.source == "127.0.0.2"
    assert (await last_trace()).source == ""


async def test_the_system_has_a_default(world: World) -> None:
    await settings.set_value(SYSTEM, "sending.ipv4", Level.SYSTEM, 0, "127.0.0.3")
    await of_domain(world, "sending.ipv4", "127.0.0.2")

    await world.settled(await world.send("x@remote.test", sender="who@stranger.test"))
    await world.settled(await world.send("y@remote.test"))

    assert world.sink.peers == ["127.0.0.3", "127.0.0.2"]


async def test_an_address_of_another_machine_is_passed_over_and_told(world: World) -> None:
    await of_domain(world, "sending.ipv4", "203.0.113.77")

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == State.DELIVERED
    assert world.sink.peers == ["127.0.0.1"]
    assert (await last_trace()).source == "the usual address: 203.0.113.77 is not one of this machine"


async def test_gateways_named_by_host_too(world: World) -> None:
    await of_domain(world, "sending.ipv4", "127.0.0.2")
    port = world.sink.address[1]
    await gateways.add(SYSTEM, Gateway(name="relay", host="localhost", port=port, tls=Tls.OPPORTUNISTIC))

    await world.settled(await world.send("x@remote.test"))

    assert world.sink.peers == ["127.0.0.2"]


async def test_a_backup_knows_itself_by_every_name(world: World) -> None:
    await settings.set_value(SYSTEM, "sending.own_names", Level.SYSTEM, 0, "mx1.here.test MX2.here.test")
    domain = await domains.add(SYSTEM, "relay.test")
    await domain_routes.put(SYSTEM, domain.id, Route())
    world.dns.add("relay.test", "MX", "10 mx2.here.test.", "20 worse.relay.test.")
    world.dns.add("worse.relay.test", "A", "127.0.0.1")

    (row,) = await world.settled(await world.send("x@relay.test", sender=""))

    assert row["last_status"] == "5.4.6"
    assert world.sink.messages == []


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("sending.ipv4", ["", "192.0.2.7", "255.255.255.255"], ["192.0.2", "256.1.1.1", "::1", "a.test"]),
        ("sending.ipv6", ["", "2001:db8::7", "::1", "1:2:3:4:5:6:7:8"], ["1.2.3.4", "a::b::c", ":::", "x"]),
        ("sending.hostname", ["", "mail.example.test"], ["localhost", "a b.test", "-a.test", "a..test"]),
        ("sending.own_names", ["", "a.test", "a.test b.test"], ["a", "a.test,b.test", " a.test"]),
    ],
)
async def test_what_may_be_set(rt: Runtime, key: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, value)
        assert await settings.get(key) == value
    for value in bad:
        with pytest.raises(InvalidSyntax):
            await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, value)


def test_a_trace_without_a_source_is_as_short_as_ever() -> None:
    assert json.loads(trace.line(5, trace.Event.DELIVERED, Attempt(1))) == [5, "delivered"]
    assert sources.Source("a.test", "127.0.0.2").toward("not-resolved.test") == ("", "")
    assert sources.Source("a.test", "", "2001:db8::1").toward("127.0.0.1") == ("", "")
