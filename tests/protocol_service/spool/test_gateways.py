"""Mail that leaves by a gateway: which one, how secured, signed in, and what a broken one means."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import MATRIX, Role
from backend.directory.types import Tls
from backend.kit import db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied
from backend.kit.runtime import Runtime
from backend.spool import gateways
from backend.spool.gateways import Gateway
from backend.spool.types import State
from protocol_service.tls import Certificate
from tests.protocol_service.spool.conftest import World
from tests.support.smtp_sink import smtp_sink

PLAIN = Principal("user", 7, "ada@example.test", Role.USER, MATRIX[Role.USER], user_id=7, domain_id=1)


def _to(world: World, **changes: object) -> Gateway:
    host, port = world.sink.address
    values: dict[str, object] = {"name": "relay", "host": host, "port": port, "tls": Tls.OPPORTUNISTIC}
    return Gateway(**{**values, **changes})  # type: ignore[arg-type]  # the fields of Gateway


async def test_a_gateway_takes_what_would_go_elsewhere(world: World) -> None:
    await gateways.add(SYSTEM, _to(world))

    await world.send("x@nowhere.invalid", "bob@example.test")
    await world.sink.wait_for(1)

    assert world.sink.messages[0].addresses == ["x@nowhere.invalid"]
    assert len(await world.house.wait_for_mail("bob", 1)) == 1
    assert not world.dns.asked


@pytest.mark.parametrize(
    ("sender", "recipient", "wanted"),
    [
        ("a.test", "b.test", ["any"]),
        ("sales.test", "b.test", ["sales"]),
        ("a.test", "partner.test", ["partner"]),
        ("sales.test", "partner.test", ["both", "partner"]),
        ("", "b.test", ["any"]),
    ],
)
async def test_the_most_exact_gateways_win(
    rt: Runtime, sender: str, recipient: str, wanted: list[str]
) -> None:
    for name, domains in {
        "any": {},
        "sales": {"sender_domain": "Sales.test"},
        "partner": {"recipient_domain": "partner.test", "priority": 20},
        "both": {"sender_domain": "sales.test", "recipient_domain": "partner.test"},
        "off": {"recipient_domain": "partner.test", "is_enabled": False},
    }.items():
        await gateways.add(SYSTEM, Gateway(name=name, host="relay.test", port=25, **domains))  # type: ignore[arg-type]  # its fields

    assert [one.name for one in await gateways.choose(sender, recipient)] == wanted


async def test_equal_gateways_take_turns(rt: Runtime) -> None:
    for name in ("one", "two"):
        await gateways.add(SYSTEM, Gateway(name=name, host="relay.test", port=25))

    await gateways.add(SYSTEM, Gateway(name="last", host="relay.test", port=25, priority=20))

    chosen = [[one.name for one in await gateways.choose("a.test", "b.test")] for _ in range(4)]

    assert chosen == [["one", "two", "last"], ["two", "one", "last"]] * 2


async def test_each_of_equal_gateways_gets_its_share_over_its_own_connection(world: World) -> None:
    async with smtp_sink() as second:
        await gateways.add(SYSTEM, _to(world, name="one"))
        await gateways.add(SYSTEM, _to(world, name="two", port=second.address[1]))

        for number in range(6):
            await world.settled(await world.send(f"u{number}@remote.test"))

        assert [len(world.sink.messages), len(second.messages)] == [3, 3]
        assert [world.sink.connections, second.connections] == [1, 1]


async def test_a_gateway_that_is_down_says_nothing_of_another_port_of_its_host(world: World) -> None:
    async with smtp_sink() as second:
        port = second.address[1]
    await gateways.add(SYSTEM, _to(world, name="down", port=port, priority=1))
    await gateways.add(SYSTEM, _to(world, name="up", priority=2))

    rows = [await world.settled(await world.send(f"u{number}@remote.test")) for number in range(2)]

    assert [row["state"] for (row,) in rows] == [State.DELIVERED] * 2


async def test_the_next_gateway_is_asked_where_one_is_out_of_reach(world: World) -> None:
    await gateways.add(SYSTEM, _to(world, name="dead", host="127.0.0.9", priority=1))
    await gateways.add(SYSTEM, _to(world, name="alive", priority=2))

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == State.DELIVERED
    assert len(world.sink.messages) == 1


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ("AUTH PLAIN LOGIN", [f"AUTH PLAIN {b64encode(b'%cuser%cpa ss' % (0, 0)).decode()}"]),
        ("AUTH LOGIN", ["AUTH LOGIN", b64encode(b"user").decode(), b64encode(b"pa ss").decode()]),
    ],
)
async def test_it_signs_in_over_tls(world: World, rt: Runtime, offered: str, said: list[str]) -> None:
    world.sink.tls = Certificate(rt.settings).context
    world.sink.extensions.append(offered)
    world.sink.script("AUTH", *(["334 VXNlcm5hbWU6"] if len(said) > 1 else ["235 2.7.0 welcome"]))
    for line, reply in zip(said[1:], ("334 UGFzc3dvcmQ6", "235 2.7.0 welcome"), strict=False):
        world.sink.script(line.upper(), reply)
    await gateways.add(SYSTEM, _to(world, tls=Tls.ENCRYPTED, username="user", password="pa ss"))

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == State.DELIVERED
    assert [line for line in world.sink.commands if line in said] == said
    assert world.sink.messages[0].is_tls


async def test_a_wrong_password_waits_for_the_right_one(world: World, rt: Runtime) -> None:
    world.sink.tls = Certificate(rt.settings).context
    world.sink.extensions.append("AUTH PLAIN")
    world.sink.script("AUTH", "535 5.7.8 no")
    await gateways.add(SYSTEM, _to(world, tls=Tls.ENCRYPTED, username="user", password="x"))

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.8")
    assert "535 5.7.8 no" in str(row["last_reply"])
    assert world.sink.messages == []


async def test_no_password_in_clear_text(world: World) -> None:
    world.sink.extensions.append("AUTH PLAIN")
    await gateways.add(SYSTEM, _to(world, tls=Tls.ENCRYPTED, username="user", password="secret"))

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert not any("AUTH" in line for line in world.sink.commands)


async def test_a_gateway_is_verified_unless_it_is_said_otherwise(world: World, rt: Runtime) -> None:
    world.sink.tls = Certificate(rt.settings).context
    await gateways.add(SYSTEM, _to(world, tls=Tls.VERIFIED))

    (row,) = await world.settled(await world.send("x@remote.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.7.5")
    assert world.sink.messages == []


async def test_implicit_tls_begins_with_the_handshake(world: World, rt: Runtime, tmp_path: Path) -> None:
    settings = rt.settings.model_copy(update={"data": tmp_path / "relay", "hostname": "localhost"})
    context = Certificate(settings).context
    world.worker._agent._policies._tls.strict.load_verify_locations(tmp_path / "relay/tls/cert.pem")
    async with smtp_sink(tls=None, implicit_tls=context) as relay:
        await gateways.add(
            SYSTEM, Gateway(name="relay", host="localhost", port=relay.address[1], tls=Tls.IMPLICIT)
        )
        (row,) = await world.settled(await world.send("x@remote.test"))

    assert row["state"] == State.DELIVERED
    assert "verified, gateway" in str(await db.fetch_value("SELECT trace FROM spool_recipient"))


async def test_gateways_are_for_system_administrators(rt: Runtime) -> None:
    made = await gateways.add(
        SYSTEM, Gateway(name="relay", host="Relay.TEST", port=587, username="u", password="p")
    )
    assert made.host == "relay.test"
    for act in (
        gateways.list_all(PLAIN),
        gateways.add(PLAIN, made),
        gateways.update(PLAIN, made, keeps_password=True),
        gateways.remove(PLAIN, made.id),
    ):
        with pytest.raises(PermissionDenied):
            await act

    assert await gateways.list_all(SYSTEM) == [made]
    assert "'p'" not in repr(made)
    assert "'p'" not in str(await db.fetch_rows("SELECT * FROM audit_entry"))


async def test_a_password_stays_unless_it_is_changed(rt: Runtime) -> None:
    made = await gateways.add(
        SYSTEM, Gateway(name="relay", host="relay.test", port=587, username="u", password="p")
    )

    kept = await gateways.update(
        SYSTEM, Gateway(id=made.id, name="new", host="relay.test", port=25, username="u"), keeps_password=True
    )

    assert (kept.name, kept.port, kept.password, kept.created_at) == ("new", 25, "p", made.created_at)
    await gateways.remove(SYSTEM, made.id)
    with pytest.raises(NotFound):
        await gateways.remove(SYSTEM, made.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"host": "no host!"},
        {"port": 0},
        {"priority": 101},
        {"sender_domain": "a b"},
        {"username": "u", "password": "p", "tls": Tls.OPPORTUNISTIC},
    ],
)
async def test_wrong_values_are_refused(rt: Runtime, changes: dict[str, object]) -> None:
    values: dict[str, object] = {"name": "relay", "host": "relay.test", "port": 25}

    with pytest.raises(InvalidSyntax):
        await gateways.add(SYSTEM, Gateway(**{**values, **changes}))  # type: ignore[arg-type]  # its fields

    assert await gateways.list_all(SYSTEM) == []


async def test_names_are_unique(rt: Runtime) -> None:
    await gateways.add(SYSTEM, Gateway(name="relay", host="relay.test", port=25))

    with pytest.raises(Conflict):
        await gateways.add(SYSTEM, Gateway(name="relay", host="other.test", port=25))
