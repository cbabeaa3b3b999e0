"""Every check and filter of a message is found in the trace of its recipients, with its outcome."""

from __future__ import annotations

from ipaddress import ip_network

from backend.directory import forwards, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.runtime import Runtime
from backend.spool import listing
from backend.spool.trace import Event
from protocol_service.filters import pipeline
from tests.protocol_service.spool.conftest import World
from tests.support.mail_house import mail_house

FILTERED = [f"{name}=pass" for name, _ in pipeline.FILTERS]
RAW = b"Received: one\r\nSubject: x\r\n\r\nx\r\n"


async def steps(localpart: str) -> list[tuple[Event, list[str]]]:
    """What happened to the newest message for somebody."""
    message_id = await db.fetch_value(
        "SELECT message_id FROM spool_recipient WHERE localpart = ? ORDER BY id DESC LIMIT 1", localpart
    )
    (shown,) = [
        one
        for one in (await listing.show(SYSTEM, message_id)).recipients
        if one.address == f"{localpart}@example.test"
    ]
    return [
        (entry.event, [f"{one.name}={one.outcome} {one.detail}".strip() for one in entry.checks])
        for entry in shown.trace
    ]


async def test_a_strangers_message(rt: Runtime) -> None:
    changed = rt.settings.model_copy(update={"proxy_networks": (ip_network("127.0.0.1/32"),)})
    await settings.set_value(SYSTEM, "reception.greet_wait_seconds", Level.SYSTEM, 0, 1)
    await settings.set_value(SYSTEM, "reception.verify_origin", Level.SYSTEM, 0, False)
    async with mail_house(rt, settings=changed) as house:
        for _ in range(2):
            client = await house.connect(greet=False)
            client.send(b"PROXY TCP4 198.51.100.7 203.0.113.7 35646 25\r\n")
            assert (await client.reply()).code == 220
            await client.command("EHLO mx.far.test")
            assert (await client.mail("carol@[192.0.2.1]", ["bob@example.test"], RAW)).code == 250
        await house.wait_for_mail("bob", 2)

        (accepted, of_acceptance), (delivered, of_delivery) = await steps("bob")

    assert (accepted, delivered) == (Event.ACCEPTED, Event.DELIVERED)
    assert of_acceptance == ["greeting=pass known", "size=pass", "hops=pass 1"]
    assert of_delivery == FILTERED


async def test_a_forward_and_a_loop(world: World) -> None:
    house = world.house
    await forwards.put(SYSTEM, house.users["bob"], ["bob@remote.test"])
    client = await house.connect()
    await client.mail("carol@far.test", ["bob@example.test"], RAW)
    await house.wait_for_mail("bob", 1)

    assert (await steps("bob"))[1][1] == [*FILTERED, "forward=copied 1"]

    await client.mail("carol@far.test", ["alice@example.test"], b"Delivered-To: alice@example.test\r\n" + RAW)
    await world.worker.idle()
    assert (await steps("alice"))[-1] == (Event.FAILED, ["loop=refused"])
