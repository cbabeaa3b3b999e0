"""Rerouted messages over real sockets: they leave by the host, gateway or address they were given."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from backend.directory.principal import SYSTEM
from backend.directory.types import Tls
from backend.kit import db
from backend.spool import gateways, pauses, reroute
from backend.spool.detours import Detour
from backend.spool.gateways import Gateway
from backend.spool.types import SpoolRcpt, State
from tests.protocol_service.spool.conftest import World
from tests.support.smtp_sink import Sink, smtp_sink


@pytest.fixture
async def other() -> AsyncIterator[Sink]:
    async with smtp_sink() as running:
        yield running


async def test_what_cannot_be_delivered_leaves_by_another_host(world: World, other: Sink) -> None:
    world.sink.always["RCPT x@remote.test"] = "451 4.3.0 not now"
    message_id = await world.send("x@remote.test")
    await world.settled(message_id)

    assert await reroute.to_detour(SYSTEM, [message_id], Detour.to_host(*other.address)) == 1

    await other.wait_for(1)
    assert other.messages[0].addresses == ["x@remote.test"]
    await world.worker.idle()
    (row,) = await world.house.spool_rows()
    assert (row["state"], row["attempts"]) == (State.DELIVERED, 2)


async def test_what_cannot_be_delivered_leaves_by_a_gateway(world: World, other: Sink) -> None:
    world.sink.always["RCPT x@remote.test"] = "451 4.3.0 not now"
    message_id = await world.send("x@remote.test")
    await world.settled(message_id)
    host, port = other.address
    made = await gateways.add(
        SYSTEM,
        Gateway(name="relay", host=host, port=port, tls=Tls.OPPORTUNISTIC, recipient_domain="far.test"),
    )

    await reroute.to_detour(SYSTEM, [message_id], Detour(gateway_id=made.id))
    await other.wait_for(1)

    assert other.messages[0].addresses == ["x@remote.test"]


async def test_another_address_is_told_to_nobody(world: World) -> None:
    world.sink.always["RCPT wrong@remote.test"] = "451 4.3.0 not now"
    world.sink.always["RCPT right@remote.test"] = "550 5.1.1 unknown"
    message_id = await world.send(SpoolRcpt("wrong", "remote.test"))
    await world.settled(message_id)

    await reroute.to_address(SYSTEM, [message_id], "right@remote.test")

    report = (await world.report()).as_string()
    assert "Final-Recipient: rfc822; wrong@remote.test" in report
    assert "right@remote.test" not in report


async def test_a_gateway_that_has_gone_gives_its_mail_back_to_the_usual_way(world: World) -> None:
    world.sink.always["RCPT x@remote.test"] = "451 4.3.0 not now"
    message_id = await world.send("x@remote.test")
    await world.settled(message_id)
    made = await gateways.add(SYSTEM, Gateway(name="relay", host="127.0.0.1", port=1, recipient_domain="a.b"))
    await gateways.remove(SYSTEM, made.id)
    del world.sink.always["RCPT x@remote.test"]

    async def point(tx: db.Tx) -> None:
        await tx.execute("UPDATE spool_recipient SET route = ?, next_attempt_at = 0", f"gateway {made.id}")

    await db.write(point)
    world.worker.wake()

    await world.sink.wait_for(1)


async def test_a_pause_of_the_destination_does_not_hold_a_detour(world: World, other: Sink) -> None:
    await pauses.pause(SYSTEM, "remote.test")
    message_id = await world.send("x@remote.test")
    await world.worker.idle()

    await reroute.to_detour(SYSTEM, [message_id], Detour.to_host(*other.address))

    await other.wait_for(1)
